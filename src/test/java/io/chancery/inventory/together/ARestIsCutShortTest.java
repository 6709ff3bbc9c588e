package io.chancery.inventory.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A group that rests sets out as soon as it is large enough, however long its rest would be. */
@Timeout(60)
class ARestIsCutShortTest {
  private static final Duration FOR_EVER = Duration.ofHours(1);

  /** As many as the pace looks at, but one: from the next on, deeds are close. */
  private static final int BEFORE = 31;

  private final Queue<List<Integer>> groups = new ConcurrentLinkedQueue<>();
  private final Convoy<Integer, Integer> convoy =
      new Convoy<>(
          8,
          1,
          deed -> deed,
          all -> {
            groups.add(all);
            return all;
          },
          new Pace(FOR_EVER, FOR_EVER, System.nanoTime()));

  @Test
  void byTheEighthThatComes() throws Exception {
    for (int i = 0; i < BEFORE; i++) {
      convoy.go(i);
    }
    assertThat(groups).hasSize(BEFORE);

    List<Thread> callers = new ArrayList<>(List.of(comes(BEFORE)));
    await().until(() -> callers.getFirst().getState() == Thread.State.TIMED_WAITING);
    for (int i = 1; i < 7; i++) {
      callers.add(comes(BEFORE + i));
    }
    await().until(() -> convoy.waiting() == 7);
    assertThat(groups).hasSize(BEFORE);

    callers.add(comes(BEFORE + 7));
    for (Thread one : callers) {
      one.join();
    }
    assertThat(groups).hasSize(BEFORE + 1);
    assertThat(List.copyOf(groups).getLast()).hasSize(8);
  }

  private Thread comes(int deed) {
    return Thread.ofVirtual().start(() -> convoy.go(deed));
  }
}
