package io.chancery.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.PkiException;
import io.chancery.testing.World;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
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
}
