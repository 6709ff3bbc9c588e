package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ends of a validity belong to it, and it is counted in whole seconds. */
class ValidityTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void aDayIsADayCountingBothEnds() {
    Validity day = Validity.starting(NOON, Duration.ofDays(1));

    assertThat(day.notAfter()).isEqualTo(Instant.parse("2026-06-02T11:59:59Z"));
    assertThat(day.length()).isEqualTo(Duration.ofDays(1));
    assertThat(Validity.starting(NOON, Duration.ofSeconds(1)).notAfter()).isEqualTo(NOON);
  }

  @Test
  void bothEndsBelongToIt() {
    Validity validity = new Validity(NOON, NOON.plusSeconds(10));

    assertThat(validity.holds(NOON)).isTrue();
    assertThat(validity.holds(NOON.minusNanos(1))).isFalse();
    assertThat(validity.holds(NOON.plusSeconds(10).plusNanos(999_999_999))).isTrue();
    assertThat(validity.holds(NOON.plusSeconds(11))).isFalse();
    assertThat(validity.endedBefore(NOON.plusSeconds(10).plusNanos(1))).isFalse();
    assertThat(validity.endedBefore(NOON.plusSeconds(11))).isTrue();
  }

  @Test
  void fractionsAreCutOff() {
    Validity validity = new Validity(NOON.plusNanos(5), NOON.plusNanos(7));

    assertThat(validity).isEqualTo(new Validity(NOON, NOON));
    assertThat(validity.length()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void itIsCutAtItsIssuersEnd() {
    Validity validity = Validity.starting(NOON, Duration.ofDays(2));
    Instant end = NOON.plusSeconds(60);

    assertThat(validity.endingNoLaterThan(end)).isEqualTo(new Validity(NOON, end));
    assertThat(validity.endingNoLaterThan(validity.notAfter())).isEqualTo(validity);
    Refusals.malformed(() -> validity.endingNoLaterThan(NOON.minusSeconds(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-01T12:00:01Z, 2026-06-01T12:00:00Z",
    "1949-12-31T23:59:59Z, 2026-06-01T12:00:00Z",
    "2026-06-01T12:00:00Z, +10000-01-01T00:00:00Z"
  })
  void otherSpansAreRefused(Instant from, Instant to) {
    assertThat(Refusals.malformed(() -> new Validity(from, to)).clause())
        .isEqualTo("RFC 5280 s4.1.2.5");
  }

  @Test
  void theLastSecondThereIsCanBeSaid() {
    Instant last = Instant.parse("9999-12-31T23:59:59Z");

    assertThat(new Validity(NOON, last).notAfter()).isEqualTo(last);
    Refusals.malformed(() -> Validity.starting(NOON, Duration.ZERO));
  }
}
