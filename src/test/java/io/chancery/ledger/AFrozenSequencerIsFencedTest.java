package io.chancery.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.OtherReplica;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.copy.Place;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.testing.Book;
import io.chancery.testing.World;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica stands still in the middle of a checkpoint, and wakes up when another went on. */
@QuarkusTest
@WithTestResource(World.class)
class AFrozenSequencerIsFencedTest {
  @Inject Sequencer sequencer;
  @Inject Leaves leaves;
  @Inject TileRows tiles;
  @Inject CheckpointRows checkpoints;
  @Inject OutsideCopy copy;
  @Inject Place place;
  @Inject NoteSigner signer;
  @Inject Witnessing witnesses;
  @Inject Standing standing;
  @Inject OtherReplica other;
  @Inject Ledger ledger;
  @Inject Transactions transactions;
  @Inject Scheduler timers;
  @Inject Book book;

  private final CountDownLatch frozen = new CountDownLatch(1);
  private final CountDownLatch awake = new CountDownLatch(1);

  @BeforeEach
  void onlyThisTestAdvances() {
    timers.pause("ledger");
  }

  @AfterEach
  void theTimerGoesOn() {
    awake.countDown();
    timers.resume("ledger");
  }

  @Test
  void whereItHasNotSignedYet() throws Exception {
    NoteSigner slow =
        new NoteSigner(
            signer.key(),
            octets -> {
              freeze();
              return signer.signing().apply(octets);
            });
    isRefused(sequencer(slow, copy));
  }

  /** The last look at the lease lies behind it: nothing stops it from writing outside. */
  @Test
  void whereItIsAboutToWriteTheCopysCheckpoint() throws Exception {
    isRefused(sequencer(signer, new OutsideCopy(freezing(), signer, leaves, tiles, transactions)));
  }

  private void isRefused(Sequencer zombie) throws Exception {
    leaseIsFree();
    deed();
    CompletableFuture<Void> late = CompletableFuture.runAsync(zombie::advance);
    assertThat(frozen.await(30, TimeUnit.SECONDS)).as("it has stopped").isTrue();

    leaseIsFree(); // it renews nothing while it stands still
    deed();
    await().atMost(Duration.ofSeconds(30)).until(this::advanced);
    long newer = published();
    assertThat(there().size()).isEqualTo(newer);

    awake.countDown();
    assertThat(late)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class));
    assertThat(published()).as("what is shown").isEqualTo(newer);
    assertThat(there().size()).as("what the copy says").isEqualTo(newer);
    deed();
    await().atMost(Duration.ofSeconds(30)).until(this::advanced);
    assertThat(there().size()).isEqualTo(published()).isGreaterThan(newer);
  }

  private Place freezing() {
    return new Place() {
      @Override
      public Optional<byte[]> read(String path) {
        return place.read(path);
      }

      @Override
      public void write(String path, byte[] octets) {
        place.write(path, octets);
      }

      @Override
      public void replace(String path, byte[] octets) {
        freeze();
        place.replace(path, octets);
      }

      @Override
      public void forget(String path) {
        place.forget(path);
      }

      @Override
      public String words() {
        return place.words();
      }
    };
  }

  private void freeze() {
    frozen.countDown();
    try {
      awake.await();
    } catch (InterruptedException stop) {
      throw new CompletionException(stop);
    }
  }

  private Sequencer sequencer(NoteSigner notes, OutsideCopy where) {
    return new Sequencer(
        leaves,
        tiles,
        checkpoints,
        where,
        notes,
        witnesses,
        standing,
        other.leases(),
        transactions,
        InstantSource.system());
  }

  private void leaseIsFree() throws Exception {
    book.change(
        "update lease set expires_at = now() - interval '1 second' where name = ?",
        Sequencer.LEASE);
  }

  private boolean advanced() {
    sequencer.advance();
    return transactions.call(() -> !leaves.anyWaiting() && checkpoints.unpublished().isEmpty());
  }

  private long published() {
    return transactions
        .call(checkpoints::newestPublished)
        .map(CheckpointRows.Kept::size)
        .orElse(0L);
  }

  private Checkpoint there() {
    return copy.newest().orElseThrow();
  }

  private void deed() {
    transactions.run(
        () ->
            ledger.append(
                Event.of(
                    Instant.now(), EventKind.REQUEST_REFUSED, new Caller.Authority("test"), "")));
  }
}
