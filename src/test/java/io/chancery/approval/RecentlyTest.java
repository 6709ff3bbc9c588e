package io.chancery.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An answer of a short while ago is good enough, and a crowd asks once. */
class RecentlyTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int CROWD = 32;

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void aCrowdAsksOnce() throws Exception {
    for (Future<Integer> answer : crowd(asked::incrementAndGet)) {
      assertThat(answer.get()).isEqualTo(1);
    }
  }

  @Test
  void aCrowdFailsOnceAndNobodyWaitsForTheNextFailure() throws Exception {
    for (Future<Integer> answer :
        crowd(
            () -> {
              throw new IllegalStateException("away " + asked.incrementAndGet());
            })) {
      assertThatThrownBy(answer::get).hasRootCauseMessage("away 1");
    }
  }

  @Test
  void whatWasAskedTooLongAgoIsNoAnswerForWhoComesNow() throws Exception {
    CountDownLatch comes = new CountDownLatch(1);
    Recently<Integer> recently =
        new Recently<>(
            Duration.ofMillis(1),
            () -> {
              int number = asked.incrementAndGet();
              if (number == 1) {
                awaitIt(comes);
              }
              return number;
            });
    List<Integer> answers = new CopyOnWriteArrayList<>();
    Thread first = Thread.ofPlatform().start(() -> answers.add(recently.answer()));
    await().until(() -> waits(first));
    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    Thread second = Thread.ofPlatform().start(() -> answers.add(recently.answer()));
    await().until(() -> waits(second));
    comes.countDown();
    first.join();
    second.join();
    assertThat(answers).containsExactlyInAnyOrder(1, 2);
  }

  /** All have asked before the first is answered. */
  private static List<Future<Integer>> crowd(Supplier<Integer> question) {
    CountDownLatch comes = new CountDownLatch(1);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    Recently<Integer> recently =
        new Recently<>(
            LONG,
            () -> {
              awaitIt(comes);
              return question.get();
            });
    try (ExecutorService crowd =
        Executors.newFixedThreadPool(
            CROWD,
            work -> {
              Thread thread = new Thread(work);
              threads.add(thread);
              return thread;
            })) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        answers.add(crowd.submit(recently::answer));
      }
      // One waits for the answer, all others for that one.
      await().until(() -> threads.stream().allMatch(RecentlyTest::waits));
      comes.countDown();
      return answers;
    }
  }

  @Test
  void whatIsTooOldIsAskedAgain() {
    Recently<Integer> recently = new Recently<>(Duration.ZERO, asked::incrementAndGet);
    assertThat(recently.answer()).isEqualTo(1);
    await().until(() -> recently.answer() > 1);
  }

  @Test
  void whatFailedIsAskedAgain() {
    Recently<Integer> recently =
        new Recently<>(
            LONG,
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
              }
              return asked.get();
            });
    assertThatThrownBy(recently::answer).hasMessage("away");
    assertThat(recently.answer()).isEqualTo(2);
    assertThat(recently.answer()).isEqualTo(2);
  }

  /** For what it was asked, not for its turn to look. */
  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
