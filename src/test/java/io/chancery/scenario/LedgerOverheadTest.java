package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.enrolment.Enrolment;
import io.chancery.testing.Book;
import io.chancery.testing.OwnRequests;
import io.chancery.testing.World;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What sequencing costs: the rate of issuing with the sequencer running over the rate with it
 * paused, in interleaved pairs of one run. By hand, on a quiet machine:
 *
 * <pre>./mvnw test -Dtest=LedgerOverheadTest -Dledger.overhead.pairs=6</pre>
 */
@QuarkusTest
@WithTestResource(World.class)
@EnabledIfSystemProperty(named = "ledger.overhead.pairs", matches = "[0-9]+")
class LedgerOverheadTest {
  private static final int THREADS = 8;
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  @Inject Enrolment enrolment;
  @Inject Scheduler timers;
  @Inject Book book;

  private final OwnRequests own = new OwnRequests("overhead");

  @Test
  void theRateWithSequencingOverTheRateWithout() {
    rate(WARM_UP);
    double with = 0;
    double without = 0;
    for (int pair = 0; pair < Integer.getInteger("ledger.overhead.pairs"); pair++) {
      // The order within a pair alternates, so that what drifts hits both the same.
      for (boolean on : pair % 2 == 0 ? new boolean[] {true, false} : new boolean[] {false, true}) {
        drain();
        double rate;
        if (on) {
          rate = rate(PERIOD);
          with += rate;
        } else {
          timers.pause("ledger");
          rate = rate(PERIOD);
          timers.resume("ledger");
          without += rate;
        }
        System.out.printf("%s %.1f certificates/s%n", on ? "sequenced  " : "unsequenced", rate);
      }
    }
    System.out.printf("ratio with/without sequencing: %.3f%n", with / without);
    assertThat(with).isPositive();
  }

  /** No period pays for the entries of another. */
  private void drain() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> book.texts("select entry::text from ledger_queue limit 1").isEmpty());
  }

  private double rate(Duration period) {
    long end = System.nanoTime() + period.toNanos();
    AtomicLong issued = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (System.nanoTime() < end) {
                      enrolment.issue(own.next());
                      issued.incrementAndGet();
                    }
                  }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
    return issued.get() / (period.toNanos() / 1e9);
  }
}
