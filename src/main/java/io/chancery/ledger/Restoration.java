package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.tree.Tree;
import io.chancery.ledger.tree.TreeHash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Compares the database with its copy before anything is signed. A database that is older than the
 * copy (an old backup, a failover that lost something) first learns what it lacks; where the two
 * contradict each other, or the copy is gone, the roll is in doubt until two persons have spoken.
 */
@Singleton
public final class Restoration {
  private static final Logger LOG = Logger.getLogger(Restoration.class);

  private final OutsideCopy copy;
  private final Leaves leaves;
  private final TileRows tiles;
  private final CheckpointRows checkpoints;
  private final Replay replay;
  private final Losses losses;
  private final Standing standing;
  private final Transactions transactions;

  @Inject
  Restoration(
      OutsideCopy copy,
      Leaves leaves,
      TileRows tiles,
      CheckpointRows checkpoints,
      Replay replay,
      Losses losses,
      Standing standing,
      Transactions transactions) {
    this.copy = copy;
    this.leaves = leaves;
    this.tiles = tiles;
    this.checkpoints = checkpoints;
    this.replay = replay;
    this.losses = losses;
    this.standing = standing;
    this.transactions = transactions;
  }

  /**
   * Returns how many entries were done again. Where there is a doubt, nothing was, and {@link
   * Standing#doubt()} tells it; called again, it looks again. {@code Unavailable} without the
   * database.
   */
  public synchronized long compare() {
    try {
      long entries = judged();
      standing.settle(Standing.Cause.LOST);
      standing.settle(Standing.Cause.NOT_COMPARED);
      return entries;
    } catch (PkiException doubt) {
      if (doubt.failure() instanceof Failure.Unavailable away && away.part().equals("database")) {
        throw doubt;
      }
      doubt(doubt.failure());
      return 0;
    }
  }

  /** Whether the copy speaks of nothing while the database says that it did. */
  public boolean copyIsLost() {
    return copy.newest().isEmpty() && transactions.call(checkpoints::newestPublished).isPresent();
  }

  private void doubt(Failure why) {
    Standing.Doubt doubt = new Standing.Doubt(why.detail(), Losses.REMEDY);
    if (standing.raise(Standing.Cause.LOST, doubt)) {
      LOG.errorf("nothing is signed: %s; %s", doubt.what(), doubt.remedy());
    }
    standing.settle(Standing.Cause.NOT_COMPARED);
  }

  private long judged() {
    Optional<Checkpoint> outside = copy.newest();
    long inside = transactions.call(leaves::count);
    if (outside.isEmpty()) {
      mustBeNewOrAccepted();
      return 0;
    }
    Checkpoint there = outside.get();
    if (inside >= there.size()) {
      mustBeEqual(there.size(), root(there.size()), there.root());
      return 0;
    }
    mustBeEqual(inside, Tree.root(copy.hashes(there.size()), inside), root(inside));
    LOG.warnf(
        "the database has %d entries of the ledger, its copy in %s has %d: the rest is done again",
        inside, copy.words(), there.size());
    replay.from(inside, there);
    LOG.warnf("%d entries were done again", there.size() - inside);
    return there.size() - inside;
  }

  private TreeHash root(long size) {
    return transactions.call(() -> Tree.root(tiles, size));
  }

  private void mustBeNewOrAccepted() {
    Optional<CheckpointRows.Kept> published = transactions.call(checkpoints::newestPublished);
    if (published.isPresent() && !losses.accepted()) {
      throw new Failure.Conflict(
              "the ledger's copy in " + copy.words(),
              "is gone: it held " + published.get().size() + " entries",
              "bring it back")
          .thrown();
    }
  }

  private void mustBeEqual(long size, TreeHash one, TreeHash other) {
    if (!one.equals(other)) {
      throw new Failure.Conflict(
              "the ledger's copy in " + copy.words(),
              "and the database differ within their first " + size + " entries",
              "find out with verify-ledger which of the two was changed")
          .thrown();
    }
  }
}
