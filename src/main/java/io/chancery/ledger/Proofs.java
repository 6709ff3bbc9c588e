package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.Consistency;
import io.chancery.ledger.tree.EntryBundle;
import io.chancery.ledger.tree.Inclusion;
import io.chancery.ledger.tree.TilePath;
import io.chancery.ledger.tree.Tree;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the roll shows to others: only what is under a published checkpoint. */
@Singleton
public final class Proofs {
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

  private final Leaves leaves;
  private final TileRows tiles;
  private final CheckpointRows checkpoints;
  private final NoteSigner signer;
  private final Transactions transactions;

  @Inject
  Proofs(
      Leaves leaves,
      TileRows tiles,
      CheckpointRows checkpoints,
      NoteSigner signer,
      Transactions transactions) {
    this.leaves = leaves;
    this.tiles = tiles;
    this.checkpoints = checkpoints;
    this.signer = signer;
    this.transactions = transactions;
  }

  /**
   * That an entry is on the roll.
   *
   * @param entry its body, whose RFC 6962 leaf hash the path begins with
   * @param checkpoint the signed note that the path leads to
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, to be shown
  public record Proof(byte[] entry, Inclusion path, String checkpoint) {}

  /** The proof of the newest entry of this kind about a subject; empty while there is none. */
  public Optional<Proof> of(EventKind kind, String subject) {
    return transactions.call(
        () ->
            checkpoints
                .newestPublished()
                .flatMap(
                    newest ->
                        leaves
                            .of(kind, subject)
                            .filter(index -> index < newest.size())
                            .map(index -> proof(index, newest))));
  }

  /** The same, waited for; for virtual threads. */
  public Optional<Proof> await(EventKind kind, String subject, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    Optional<Proof> proof = of(kind, subject);
    while (proof.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN);
      proof = of(kind, subject);
    }
    return proof;
  }

  /** RFC 6962 s2.1.2 between two sizes, neither beyond the newest checkpoint. */
  public Consistency consistency(long old, long size) {
    return transactions.call(
        () -> {
          mustBeShown(size);
          return Tree.consistency(tiles, old, size);
        });
  }

  /** The newest checkpoint, a signed note. */
  public String checkpoint() {
    return transactions
        .call(checkpoints::newestPublished)
        .flatMap(CheckpointRows.Kept::note)
        .orElseThrow(() -> new Failure.NotFound("checkpoint", "none was published yet").thrown());
  }

  /** A tile of hashes or of entries, as C2SP tlog-tiles has it. */
  public byte[] tile(TilePath path) {
    return transactions.call(
        () ->
            switch (path) {
              case TilePath.Hashes hashes -> {
                mustBeShown(end(hashes));
                yield tiles.hashes(hashes.level(), hashes.n(), hashes.width());
              }
              case TilePath.Entries entries -> {
                long first = entries.n() * 256;
                mustBeShown(first + entries.width());
                yield EntryBundle.of(leaves.bodies(first, entries.width()));
              }
            });
  }

  /** The key that checkpoints are signed with, as verifiers are configured with it. */
  public String verifierKey() {
    return signer.key().vkey();
  }

  private Proof proof(long index, CheckpointRows.Kept newest) {
    return new Proof(
        leaves.bodies(index, 1).getFirst(),
        Tree.inclusion(tiles, index, newest.size()),
        newest.note().orElseThrow());
  }

  /** How many leaves a tree has at least that has these hashes. */
  private static long end(TilePath.Hashes path) {
    int shift = 8 * path.level();
    long hashes = path.n() * 256 + path.width();
    return shift > 54 || hashes > Long.MAX_VALUE >>> shift ? Long.MAX_VALUE : hashes << shift;
  }

  private void mustBeShown(long size) {
    long shown = checkpoints.newestPublished().map(CheckpointRows.Kept::size).orElse(0L);
    if (size > shown) {
      throw new Failure.NotFound("ledger", "it has " + shown + " entries under its checkpoint")
          .thrown();
    }
  }
}
