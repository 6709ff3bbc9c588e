package io.chancery.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.PkiException;
import io.chancery.testing.World;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Two replicas want to do the same job. */
@QuarkusTest
@WithTestResource(World.class)
class LeasesTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Inject LeaseRows rows;
  @Inject Transactions transactions;

  private final String job = "job-" + UUID.randomUUID();

  @Test
  void oneHasItAndKeepsIt() {
    Leases first = new Leases(rows, transactions);
    Leases second = new Leases(rows, transactions);
    Lease held = first.take(job, LONG).orElseThrow();
    assertThat(second.take(job, LONG)).isEmpty();
    assertThat(first.take(job, LONG)).contains(held);
  }

  @Test
  void oneThatStopsGivesItBackAndIsFencedOffByTheNext() {
    Leases first = new Leases(rows, transactions);
    Leases second = new Leases(rows, transactions);
    Lease old = first.take(job, LONG).orElseThrow();
    first.giveBack(new ShutdownEvent());
    assertThat(first.take(job, LONG)).as("it stops").isEmpty();

    Lease next = second.take(job, LONG).orElseThrow();
    assertThat(next.token()).isGreaterThan(old.token());
    transactions.run(() -> second.mustStillHold(next));
    assertThatThrownBy(() -> transactions.run(() -> first.mustStillHold(old)))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("taken over");
  }

  @Test
  void workThatTakesLongerThanTheLeaseKeepsIt() {
    Leases first = new Leases(rows, transactions);
    Leases second = new Leases(rows, transactions);
    List<Boolean> others = new ArrayList<>();
    boolean done =
        first.during(
            job,
            Duration.ofSeconds(1),
            lease -> {
              long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
              while (System.nanoTime() < end) {
                others.add(second.take(job, LONG).isPresent());
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
              }
              transactions.run(() -> first.mustStillHold(lease));
            });
    assertThat(done).isTrue();
    assertThat(others).containsOnly(false);
    // Nothing renews it any more.
    await().atMost(Duration.ofSeconds(30)).until(() -> second.take(job, LONG).isPresent());
  }

  @Test
  void whoeverFailsLetsAnotherTry() {
    Leases first = new Leases(rows, transactions);
    Leases second = new Leases(rows, transactions);
    assertThatThrownBy(
            () ->
                first.during(
                    job,
                    LONG,
                    lease -> {
                      throw new IllegalStateException("its token is away");
                    }))
        .hasMessage("its token is away");
    assertThat(second.take(job, LONG)).isPresent();
  }

  @Test
  void nobodyWaitsForOneThatIsWritingUnderIt() {
    Leases first = new Leases(rows, transactions);
    Leases second = new Leases(rows, transactions);
    Lease held = first.take(job, Duration.ofSeconds(1)).orElseThrow();
    transactions.run(
        () -> {
          first.mustStillHold(held);
          long start = System.nanoTime();
          assertThat(second.take(job, LONG)).isEmpty();
          assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        });
  }
}
