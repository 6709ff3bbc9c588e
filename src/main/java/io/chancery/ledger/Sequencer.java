package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.TreeBuilder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Gives each entry its leaf in the tree, and the tree its signed checkpoints (RFC 6962 s2, C2SP
 * tlog-checkpoint). One replica at a time, under a lease whose token fences a late writer.
 *
 * <p>Entries are durable before this begins: a crash anywhere in here loses none. The order is
 * written down, then signed, then copied outside, and only then shown.
 */
@Singleton
public final class Sequencer {
  static final String LEASE = "ledger";

  /** Short, so that another replica goes on within seconds. */
  private static final Duration HELD = Duration.ofSeconds(5);

  private static final int AT_ONCE = 4096;

  private final Leaves leaves;
  private final TileRows tiles;
  private final CheckpointRows checkpoints;
  private final OutsideCopy copy;
  private final NoteSigner signer;
  private final Witnessing witnesses;
  private final Standing standing;
  private final Leases leases;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Sequencer(
      Leaves leaves,
      TileRows tiles,
      CheckpointRows checkpoints,
      OutsideCopy copy,
      NoteSigner signer,
      Witnessing witnesses,
      Standing standing,
      Leases leases,
      Transactions transactions,
      InstantSource clock) {
    this.leaves = leaves;
    this.tiles = tiles;
    this.checkpoints = checkpoints;
    this.copy = copy;
    this.signer = signer;
    this.witnesses = witnesses;
    this.standing = standing;
    this.leases = leases;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Does what there is to do, if no other replica does it. One call at a time in this process. */
  synchronized void advance() {
    if (!standing.agreed()) {
      return;
    }
    boolean work =
        transactions.call(() -> leaves.anyWaiting() || checkpoints.unpublished().isPresent());
    if (work) {
      leases.take(LEASE, HELD).ifPresent(this::advance);
    }
  }

  private void advance(Lease lease) {
    // 1. The order, the tiles and the root that will be signed. A crash from here on leaves a
    //    checkpoint without a signature, which the next run takes up.
    boolean more = true;
    while (more) {
      more = transactions.call(() -> extend(lease));
    }
    transactions.call(checkpoints::unpublished).ifPresent(newest -> publish(lease, newest));
  }

  /** Whether more may wait than was taken. */
  private boolean extend(Lease lease) {
    leases.mustStillHold(lease);
    List<Leaves.Waiting> waiting = leaves.waiting(AT_ONCE);
    if (waiting.isEmpty()) {
      return false;
    }
    long size = leaves.count();
    TreeBuilder tree = TreeBuilder.from(tiles, size, tiles::keep);
    waiting.forEach(one -> tree.add(one.hash()));
    leaves.place(size, waiting.stream().map(Leaves.Waiting::entry).toList());
    tree.partialTiles().forEach(tiles::keep);
    checkpoints.intend(tree.size(), tree.root(), clock.instant());
    return waiting.size() == AT_ONCE;
  }

  private void publish(Lease lease, CheckpointRows.Kept newest) {
    // 2. The ledger key signs, no transaction open. Ed25519 signs the same text the same way, so a
    //    crash only means that it is done again.
    Note signed = sign(newest);
    Note note = witnesses.cosigned(signed, newest.size());

    // 3. Outside the database: entries and tiles, the checkpoint last. A crash leaves tiles that no
    //    checkpoint speaks of, and they are written again with the same octets.
    copy.extend(
        newest.size(),
        newest.root(),
        note,
        () -> transactions.run(() -> leases.mustStillHold(lease)));

    // 4. Shown from now on, if nobody took the lease over meanwhile.
    try {
      transactions.run(
          () -> {
            leases.mustStillHold(lease);
            checkpoints.published(newest.size(), note.toString(), clock.instant());
          });
    } catch (PkiException late) {
      mend(late);
      throw late;
    }
  }

  /**
   * No place outside can be fenced: whoever was frozen between the last look at its lease and the
   * writing has put its checkpoint over a newer one, and puts that back.
   */
  private void mend(PkiException late) {
    if (late.failure() instanceof Failure.Conflict) {
      transactions
          .call(checkpoints::newestPublished)
          .ifPresent(shown -> shown.note().ifPresent(note -> copy.mend(shown.size(), note)));
    }
  }

  private Note sign(CheckpointRows.Kept newest) {
    if (newest.note().isPresent()) {
      return Note.parse(newest.note().get().getBytes(StandardCharsets.UTF_8));
    }
    String text = Checkpoint.of(signer.key().name(), newest.size(), newest.root()).text();
    return Note.unsigned(text).with(signer.sign(text));
  }
}
