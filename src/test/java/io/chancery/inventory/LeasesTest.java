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
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Two replicas want to do the same job. */
@QuarkusTest
@WithTestResource(World.class)
class LeasesTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final ShutdownEvent STOP = new ShutdownEvent();
  private static final Set<Thread.State> STILL =
      EnumSet.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

  @Inject EntityManager entities;
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
    first.giveBack(STOP);
    assertThat(first.take(job, LONG)).as("it stops").isEmpty();

    Lease next = second.take(job, LONG).orElseThrow();
    assertThat(next.token()).isGreaterThan(old.token());
    transactions.run(() -> second.mustStillHold(next));
    assertThatThrownBy(() -> transactions.run(() -> first.mustStillHold(old)))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("taken over");
  }

  @Test
  void oneThatStopsKeepsNothingBeyondTheWriteThatItIsAt() {
    Leases first = new Leases(rows, transactions);
    Leases second = new Leases(rows, transactions);
    Lease held = first.take(job, LONG).orElseThrow();
    first.giveBack(STOP);
    transactions.run(
        () -> {
          first.mustStillHold(held);
          assertThat(second.take(job, LONG)).as("while it writes").isEmpty();
        });
    assertThat(second.take(job, LONG)).as("when it has written").isPresent();
  }

  @Test
  void aWriteUnderOneDoesNotKeepTheOthers() throws Exception {
    Leases first = new Leases(rows, transactions);
    Leases second = new Leases(rows, transactions);
    String other = job + "-other";
    assertThat(first.take(job, LONG)).isPresent();
    Lease written = first.take(other, LONG).orElseThrow();
    Thread stop = Thread.ofPlatform().unstarted(() -> first.giveBack(STOP));
    transactions.run(
        () -> {
          first.mustStillHold(written);
          stop.start();
          await().until(() -> second.take(job, LONG).isPresent());
          assertThat(second.take(other, LONG)).isEmpty();
        });
    stop.join();
  }

  @Test
  void whatWasBeingTakenWhenItStoppedIsGivenBack() throws Exception {
    Leases first = new Leases(rows, transactions);
    Leases second = new Leases(rows, transactions);
    List<Thread> threads = new ArrayList<>();
    assertThatThrownBy(
            () ->
                transactions.run(
                    () -> {
                      assertThat(rows.take(job, "a third", LONG)).isPresent();
                      threads.add(Thread.ofPlatform().start(() -> first.take(job, LONG)));
                      await().until(this::somebodyWaits);
                      Thread stop = Thread.ofPlatform().start(() -> first.giveBack(STOP));
                      threads.add(stop);
                      // Either waits for the one that takes it, or has nothing to give back.
                      await().until(() -> STILL.contains(stop.getState()));
                      throw new IllegalStateException("the third goes");
                    }))
        .hasMessage("the third goes");
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(second.take(job, LONG)).isPresent();
  }

  /** For the row of this job that is not committed yet. */
  private boolean somebodyWaits() {
    return transactions.call(
        () ->
            entities
                .createNativeQuery(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and query like '%insert into lease%'",
                    Long.class)
                .getResultList()
                .stream()
                .anyMatch(waiting -> (Long) waiting > 0));
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
