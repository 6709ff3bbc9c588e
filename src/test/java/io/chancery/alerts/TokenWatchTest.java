package io.chancery.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.hsm.TokenStanding;
import io.chancery.hsm.crew.Breaker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of tokens, and how loudly. */
class TokenWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");

  @Test
  void aTokenThatWorksAndOneThatBlinksAreNobodysBusiness() {
    assertThat(TokenWatch.assess("one", List.of(), NOW)).isEmpty();
    assertThat(TokenWatch.assess("one", List.of(well("a"), away("b", 2)), NOW)).isEmpty();
  }

  @Test
  void whereNoneWorksNothingIsSignedAndWhereOneDoesThereIsTime() {
    Finding only = TokenWatch.assess("one", List.of(away("a", 60)), NOW).getFirst();
    assertThat(only.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(only.text()).contains("2026-11-26T04:59:00Z", "CKR_PIN_INCORRECT");

    List<Finding> one = TokenWatch.assess("one", List.of(away("a", 60), well("b")), NOW);
    assertThat(one).singleElement().extracting(Finding::severity).isEqualTo(Severity.WARNING);
  }

  @Test
  void theSameOutageIsTheSameFinding() {
    assertThat(TokenWatch.assess("one", List.of(away("a", 60)), NOW).getFirst().key())
        .isEqualTo(
            TokenWatch.assess("one", List.of(away("a", 70)), NOW.plusSeconds(10)).getFirst().key());
  }

  @Test
  void aWrongKeyOnATokenThatWorksIsCritical() {
    TokenStanding odd =
        new TokenStanding(
            "a",
            Breaker.State.CLOSED,
            Optional.of("another private key has the id"),
            Optional.empty(),
            0,
            false);
    assertThat(TokenWatch.assess("one", List.of(odd, well("b")), NOW))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.CRITICAL);
  }

  private static TokenStanding well(String name) {
    return new TokenStanding(
        name, Breaker.State.CLOSED, Optional.empty(), Optional.empty(), 0, false);
  }

  private static TokenStanding away(String name, int seconds) {
    return new TokenStanding(
        name,
        Breaker.State.OPEN,
        Optional.of("the token refused this PIN with CKR_PIN_INCORRECT"),
        Optional.of(NOW.minusSeconds(seconds)),
        0,
        false);
  }
}
