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
    assertThat(afterSixtyEvery(Duration.ofMillis(2))).isNotPositive();
  }

  @Test
  void deedsThatComeCloseWaitForTheNextGroup() {
    assertThat(afterSixtyEvery(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(5).toNanos());
  }

  @Test
  void whereNoneCameForAWhileTheNextDoesNotWait() {
    Pace pace = Pace.ofCommits(START);
    long last = comeSixty(pace, Duration.ofMillis(1));
    long later = last + Duration.ofMillis(50).toNanos();
    pace.came(later);
    assertThat(pace.left(last, later)).isNotPositive();
  }

  @Test
  void aGroupOfEightSetsOutAtOnce() {
    Pace pace = Pace.ofCommits(START);
    assertThat(pace.isEnough(7)).isFalse();
    assertThat(pace.isEnough(8)).isTrue();
  }

  @Test
  void questionsNeverWait() {
    Pace pace = Pace.never(START);
    long last = comeSixty(pace, Duration.ofMillis(1));
    assertThat(pace.left(last, last)).isNotPositive();
  }

  /** What is left to wait for whoever came last, where a group set out with the one before. */
  private static long afterSixtyEvery(Duration gap) {
    Pace pace = Pace.ofCommits(START);
    long last = comeSixty(pace, gap);
    return pace.left(last - gap.toNanos(), last);
  }

  private static long comeSixty(Pace pace, Duration gap) {
    long now = START;
    for (int i = 0; i < 60; i++) {
      now += gap.toNanos();
      pace.came(now);
    }
    return now;
  }
}
