package io.chancery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The house's time goes as time does, whatever is done to the machine's clock. */
class HouseClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void itFollowsAClockThatMovesAsTimeDoes() {
    for (String start :
        new String[] {"2049-12-31T23:59:50Z", "2028-02-28T23:59:50Z", "2026-06-30T23:59:50Z"}) {
      Dial dial = new Dial(Instant.parse(start));
      HouseClock clock = new HouseClock(dial);
      for (int i = 0; i < 100; i++) {
        dial.passes(Duration.ofSeconds(1));
        clock.look();
        assertThat(clock.instant()).isEqualTo(dial.wall());
      }
      assertThat(clock.dispute()).isEmpty();
    }
  }

  @Test
  void slewingAndALeapSecondAreNoStep() {
    Dial dial = new Dial(Instant.parse("2026-06-30T23:59:59Z"));
    HouseClock clock = new HouseClock(dial);
    for (int i = 0; i < 100; i++) {
      dial.passes(Duration.ofSeconds(10));
      dial.steps(Duration.ofSeconds(i % 2 == 0 ? -1 : 1));
      clock.look();
    }
    assertThat(clock.dispute()).isEmpty();
  }

  @Test
  void aStepIsSeenByWhoeverAsksFirstAndNotFollowed() {
    for (Duration step :
        new Duration[] {HOUR.multipliedBy(3), HOUR.negated(), HOUR.multipliedBy(24 * 400)}) {
      Dial dial = new Dial(Instant.parse("2049-12-31T23:00:00Z"));
      HouseClock clock = new HouseClock(dial);
      dial.passes(Duration.ofSeconds(7));
      Instant before = clock.instant();
      dial.steps(step);
      assertThat(clock.instant()).as("%s", step).isEqualTo(before);
      dial.passes(HOUR);
      assertThat(clock.instant()).isEqualTo(before.plus(HOUR));
      assertThat(clock.dispute().orElseThrow().since()).isEqualTo(before);
      assertThatThrownBy(clock::mustBeAgreed)
          .isInstanceOfSatisfying(
              PkiException.class,
              refused -> {
                assertThat(refused.failure()).isInstanceOf(Failure.Unavailable.class);
                assertThat(refused.failure().detail()).contains(before.toString());
              });
      clock.look();
      assertThat(clock.dispute()).as("looking alone settles nothing").isPresent();
      clock.follow();
      assertThat(clock.instant()).isEqualTo(dial.wall());
      clock.mustBeAgreed();
    }
  }

  @Test
  void aMachineThatSleptIsNoStep() {
    Dial dial = new Dial(Instant.parse("2026-06-01T22:00:00Z"));
    HouseClock clock = new HouseClock(dial);
    dial.sleeps(HOUR.multipliedBy(9));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-06-02T07:00:00Z"));
    assertThat(clock.dispute()).isEmpty();
  }

  @Test
  void aProcessThatWasFrozenIsNoStep() {
    Dial dial = new Dial(Instant.parse("2026-06-01T22:00:00Z"));
    HouseClock clock = new HouseClock(dial);
    dial.freezesAtTheNextReading(Duration.ofMinutes(5));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-06-01T22:05:00Z"));
    assertThat(clock.dispute()).isEmpty();
  }

  @Test
  void aHeldClockStands() {
    Dial dial = new Dial(Instant.parse("2026-06-01T22:00:00Z"));
    HouseClock clock = new HouseClock(dial);
    Instant known = Instant.parse("2026-06-02T01:00:00Z");
    clock.hold("the roll is ahead", known);
    dial.passes(HOUR);
    assertThat(clock.instant()).isEqualTo(known);
    clock.follow();
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-06-01T23:00:00Z"));
  }

  /** A machine whose clocks are moved by hand. */
  private static final class Dial implements MachineClock {
    private Instant wall;
    private long nanos = -5_000_000_000L;
    private long uptime = 1_000;
    private Duration freeze = Duration.ZERO;

    Dial(Instant wall) {
      this.wall = wall;
    }

    void passes(Duration time) {
      wall = wall.plus(time);
      nanos += time.toNanos();
      uptime += time.toMillis();
    }

    void steps(Duration by) {
      wall = wall.plus(by);
    }

    void sleeps(Duration time) {
      wall = wall.plus(time);
      uptime += time.toMillis();
    }

    void freezesAtTheNextReading(Duration time) {
      freeze = time;
    }

    @Override
    public Instant wall() {
      Instant read = wall;
      passes(freeze);
      freeze = Duration.ZERO;
      return read;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long uptimeMillis() {
      return uptime;
    }
  }
}
