package io.chancery.inventory.together;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long START = -7_000_000_000L; // System.nanoTime may be negative

  @Test
  void whoComesFirstDoesNotWait() {
    Pace pace = Pace.ofCommits(START);
    pace.came(START);
    assertThat(pace.left(START, START)).isNotPositive();
  }

  @Test
  void aClientThatSendsOneAfterTheOtherDoesNotWait() {
    assertThat(afterThirtyEvery(Duration.ofMillis(4))).isNotPositive();
  }

  @Test
  void deedsThatComeCloseWaitForTheNextGroup() {
    assertThat(afterThirtyEvery(Duration.ofMillis(2))).isEqualTo(Duration.ofMillis(4).toNanos());
  }

  @Test
  void whereNoneCameForAWhileTheNextDoesNotWait() {
    Pace pace = Pace.ofCommits(START);
    long last = comeThirty(pace, Duration.ofMillis(2));
    long later = last + Duration.ofMillis(50).toNanos();
    pace.came(later);
    assertThat(pace.left(last, later)).isNotPositive();
  }

  @Test
  void aGroupOfFourSetsOutAtOnce() {
    Pace pace = Pace.ofCommits(START);
    assertThat(pace.isEnough(3)).isFalse();
    assertThat(pace.isEnough(4)).isTrue();
  }

  @Test
  void questionsNeverWait() {
    Pace pace = Pace.never(START);
    long last = comeThirty(pace, Duration.ofMillis(1));
    assertThat(pace.left(last, last)).isNotPositive();
  }

  /** What is left to wait for whoever came last, where a group set out with the one before. */
  private static long afterThirtyEvery(Duration gap) {
    Pace pace = Pace.ofCommits(START);
    long last = comeThirty(pace, gap);
    return pace.left(last - gap.toNanos(), last);
  }

  private static long comeThirty(Pace pace, Duration gap) {
    long now = START;
    for (int i = 0; i < 30; i++) {
      now += gap.toNanos();
      pace.came(now);
    }
    return now;
  }
}
