package io.chancery.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Caller;
import io.chancery.inventory.Leases;
import io.chancery.inventory.OtherReplica;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.Tree;
import io.chancery.testing.World;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two sequencers on one database: one works at a time, and the other goes on where it ended. */
@QuarkusTest
@WithTestResource(World.class)
class AnotherReplicaGoesOnTest {
  @Inject Sequencer sequencer;
  @Inject Leaves leaves;
  @Inject TileRows tiles;
  @Inject CheckpointRows checkpoints;
  @Inject OutsideCopy copy;
  @Inject NoteSigner signer;
  @Inject Witnessing witnesses;
  @Inject Standing standing;
  @Inject OtherReplica other;
  @Inject Ledger ledger;
  @Inject Transactions transactions;
  @Inject Scheduler timers;

  @BeforeEach
  void onlyThisTestAdvances() {
    timers.pause("ledger");
  }

  @AfterEach
  void theTimerGoesOn() {
    timers.resume("ledger");
  }

  @Test
  void withinSeconds() {
    Sequencer second = on(other.leases());
    deed();
    await().until(() -> advanced(sequencer));
    long before = published();

    deed();
    second.advance();
    assertThat(published()).as("the first one holds the lease").isEqualTo(before);

    await().atMost(Duration.ofSeconds(30)).until(() -> advanced(second));
    assertThat(published()).isGreaterThan(before);
    Checkpoint there = copy.newest().orElseThrow();
    assertThat(there.size()).isEqualTo(published());
    assertThat(there.root())
        .isEqualTo(transactions.call(() -> Tree.root(tiles, there.size())))
        .isEqualTo(Tree.root(copy.hashes(there.size()), there.size()));

    deed();
    sequencer.advance();
    assertThat(copy.newest().orElseThrow().size())
        .as("now the second one holds it")
        .isEqualTo(there.size());
  }

  private Sequencer on(Leases leases) {
    return new Sequencer(
        leaves,
        tiles,
        checkpoints,
        copy,
        signer,
        witnesses,
        standing,
        leases,
        transactions,
        InstantSource.system());
  }

  private boolean advanced(Sequencer one) {
    one.advance();
    return transactions.call(() -> !leaves.anyWaiting() && checkpoints.unpublished().isEmpty());
  }

  private long published() {
    return transactions
        .call(checkpoints::newestPublished)
        .map(CheckpointRows.Kept::size)
        .orElse(0L);
  }

  private void deed() {
    transactions.run(
        () ->
            ledger.append(
                Event.of(
                    Instant.now(), EventKind.REQUEST_REFUSED, new Caller.Authority("test"), "")));
  }
}
