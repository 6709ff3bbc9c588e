package io.chancery.timekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of clocks that differ. */
class JudgementTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration REST = Duration.ofDays(30);
  private static final Duration MUCH = Duration.ofDays(400);
  private static final Duration HOURS = Duration.ofHours(3);

  @Test
  void clocksThatAgreeAreFollowed() {
    assertThat(Judgement.of(NOW, NOW.plusSeconds(2), false, elsewhere(NOW.plusSeconds(5))))
        .isEqualTo(new Judgement.Keep());
  }

  @Test
  void withoutTheDatabaseNothingIsSettled() {
    assertThat(Judgement.of(NOW, NOW, true, Optional.empty())).isEqualTo(new Judgement.Keep());
    assertThat(Judgement.of(NOW, NOW, false, Optional.empty())).isEqualTo(new Judgement.Keep());
  }

  @Test
  void aDatabaseWithAnotherTimeIsADoubtWhoeverIsRight() {
    for (Duration off : new Duration[] {HOURS, HOURS.negated(), MUCH}) {
      assertThat(Judgement.of(NOW, NOW, false, here(NOW.plus(off))))
          .isInstanceOfSatisfying(
              Judgement.Doubt.class, doubt -> assertThat(doubt.house()).isEqualTo(NOW));
    }
  }

  @Test
  void aStepIsFollowedWhenAnotherMachineSaysTheSame() {
    Instant stepped = NOW.plus(HOURS);
    assertThat(Judgement.of(NOW, stepped, true, elsewhere(stepped)))
        .isEqualTo(new Judgement.Follow());
  }

  @Test
  void aStepOfTheOnlyMachineThereIsStaysInDoubt() {
    for (Duration off : new Duration[] {HOURS, HOURS.negated(), MUCH, MUCH.negated()}) {
      Instant stepped = NOW.plus(off);
      assertThat(Judgement.of(NOW, stepped, true, here(stepped))).isEqualTo(new Judgement.Keep());
    }
  }

  @Test
  void aHouseThatWasAheadWaits() {
    Instant back = NOW.minus(HOURS);
    assertThat(Judgement.of(NOW, back, true, elsewhere(back)))
        .isInstanceOfSatisfying(
            Judgement.Hold.class, hold -> assertThat(hold.house()).isEqualTo(NOW));
    assertThat(Judgement.of(NOW, NOW.minusSeconds(30), true, elsewhere(NOW.minusSeconds(30))))
        .as("it has come so far")
        .isEqualTo(new Judgement.Follow());
  }

  @Test
  void aClockThatComesBackIsFollowed() {
    assertThat(Judgement.of(NOW, NOW.plusSeconds(1), true, here(NOW)))
        .isEqualTo(new Judgement.Follow());
  }

  @Test
  void aStartGoesByWhatTheRollKnows() {
    assertThat(start(NOW, elsewhere(NOW), NOW.minusSeconds(10))).isEqualTo(new Judgement.Keep());
    assertThat(start(NOW, here(NOW), NOW.minus(Duration.ofDays(29))))
        .isEqualTo(new Judgement.Keep());
    assertThat(Judgement.atStart(NOW, here(NOW), Optional.empty(), REST, Optional.empty()))
        .as("the first start of all")
        .isEqualTo(new Judgement.Keep());
  }

  @Test
  void aStartBeforeWhatWasSignedWaits() {
    assertThat(start(NOW, here(NOW), NOW.plus(HOURS)))
        .isInstanceOfSatisfying(
            Judgement.Hold.class, hold -> assertThat(hold.house()).isEqualTo(NOW.plus(HOURS)));
  }

  @Test
  void aStartFarAheadOfTheRollIsADoubtUnlessAnotherMachineAgrees() {
    Instant old = NOW.minus(MUCH);
    assertThat(start(NOW, here(NOW), old))
        .isInstanceOfSatisfying(
            Judgement.Doubt.class,
            doubt -> {
              assertThat(doubt.house()).isEqualTo(old);
              assertThat(doubt.why()).contains("-Dchancery.clock.believe=" + NOW);
            });
    assertThat(start(NOW, elsewhere(NOW), old)).isEqualTo(new Judgement.Keep());
  }

  @Test
  void ofTwoClocksAtStartTheEarlierThatTheRollAllows() {
    assertThat(house(start(NOW.plus(MUCH), here(NOW), NOW.minusSeconds(5)))).isEqualTo(NOW);
    assertThat(house(start(NOW.minus(MUCH), here(NOW), NOW.minusSeconds(5)))).isEqualTo(NOW);
    assertThat(house(start(NOW.minus(MUCH), here(NOW.minus(HOURS)), NOW)))
        .as("both behind the roll: it stands at the roll's")
        .isEqualTo(NOW);
  }

  @Test
  void theOperatorsWordIsTaken() {
    Instant old = NOW.minus(MUCH);
    assertThat(
            Judgement.atStart(
                NOW, here(NOW), Optional.of(old), REST, Optional.of(NOW.minusSeconds(90))))
        .isEqualTo(new Judgement.Follow());
    assertThat(
            Judgement.atStart(
                NOW,
                here(NOW),
                Optional.of(old),
                REST,
                Optional.of(NOW.minus(HOURS.multipliedBy(9)))))
        .as("a word that was left in the settings for days")
        .isInstanceOf(Judgement.Doubt.class);
  }

  private static Judgement start(
      Instant machine, Optional<Judgement.Sighting> database, Instant newest) {
    return Judgement.atStart(machine, database, Optional.of(newest), REST, Optional.empty());
  }

  private static Instant house(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Doubt doubt -> doubt.house();
      case Judgement.Hold hold -> hold.house();
      default -> throw new AssertionError(judgement);
    };
  }

  private static Optional<Judgement.Sighting> here(Instant time) {
    return Optional.of(new Judgement.Sighting(time, false));
  }

  private static Optional<Judgement.Sighting> elsewhere(Instant time) {
    return Optional.of(new Judgement.Sighting(time, true));
  }
}
