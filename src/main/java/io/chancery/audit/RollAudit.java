package io.chancery.audit;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Progress;
import io.chancery.audit.rows.RowCursor;
import io.chancery.audit.rows.Snapshot;
import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.TreeHash;
import java.sql.Connection;
import java.util.Optional;

/**
 * Reads the roll in the database, leaf by leaf: each against the copy, the tree over all of them
 * against the tiles and checkpoints.
 */
final class RollAudit {
  private final Connection connection;
  private final Reference copy;
  private final Findings findings;
  private final Progress progress;
  private final Lost lost;
  private final Mismatches mismatches = new Mismatches("in the database");
  private final EntryColumns columns;
  private final Deeds deeds;

  /** What there is of a copy to hold the roll against; its leaves come through the feed. */
  record Reference(long size, LeafFeed feed, Optional<CopyFolder> folder) {
    static final Reference NONE = new Reference(0, new LeafFeed(), Optional.empty());
  }

  /** What was read. */
  record Read(long leaves, long waiting, Optional<TreeHash> root) {}

  RollAudit(
      Connection connection, Reference copy, Deeds deeds, Findings findings, Progress progress) {
    this.connection = connection;
    this.copy = copy;
    this.deeds = deeds;
    this.findings = findings;
    this.progress = progress;
    this.lost = new Lost(findings);
    this.columns = new EntryColumns(findings);
  }

  Read run(SignedCheckpoint signatures) {
    long leaves =
        Snapshot.number(connection, "select coalesce(max(leaf_index) + 1, 0) from ledger_leaf");
    CheckpointTable checkpoints = CheckpointTable.read(connection, findings);
    long size = Math.max(leaves, copy.size());
    progress.expect(size);
    try (TileTable tiles = new TileTable(connection);
        RowCursor<EntryRow> rows = new RowCursor<>(connection, EntryRow.LEAVES, EntryRow::of)) {
      TreeCheck tree = new TreeCheck(tiles, size, checkpoints.sizes(), new TileDifferences());
      for (long n = 0; n * HashTiles.WIDTH < size; n++) {
        bundle(n, HashTiles.width(0, n, size), rows, tree, checkpoints.signedRoot(size));
      }
      lost.leaves(size, checkpoints.newest(), "the database has no such leaf, and a checkpoint");
      lost.end();
      tree.end();
      tiles.compareCount(size, findings);
      checkpoints.compare(tree, signatures);
      compareCopy(checkpoints);
      if (copy.folder().isPresent()) {
        mismatches.report(copy.folder().get(), copy.size(), findings);
      } else {
        mismatches.report(tiles, size, findings);
      }
      long waiting = waiting();
      hidden();
      return new Read(leaves, waiting, tree.rootAt(leaves));
    }
  }

  private void bundle(
      long n, int width, RowCursor<EntryRow> rows, TreeCheck tree, Optional<TreeHash> signedRoot) {
    long first = n * HashTiles.WIDTH;
    Optional<Leaves> signed =
        first < copy.size() ? Optional.of(copy.feed().take()) : Optional.empty();
    Leaves found = new Leaves(width);
    for (int slot = 0; slot < width; slot++) {
      next(first + slot, rows).ifPresent(row -> look(row, found, first, signed));
    }
    if (signed.isPresent()) {
      Leaves whole = new Leaves(width);
      whole.fillFrom(signed.get());
      whole.fillFrom(found);
      tree.addSigned(whole);
    } else {
      tree.add(found, signedRoot);
    }
  }

  /** The row of this leaf; a leaf without one is reported. */
  private Optional<EntryRow> next(long leaf, RowCursor<EntryRow> rows) {
    Optional<EntryRow> head = rows.peek();
    while (head.isPresent() && head.get().place().leaf() < leaf) {
      findings.nowhere(
          FindingKind.ENTRY_HIDDEN, "ledger_leaf has the index " + head.get().place().leaf());
      rows.next();
      head = rows.peek();
    }
    if (head.isEmpty() || head.get().place().leaf() > leaf) {
      lost.leaf(
          leaf,
          head.isEmpty() ? "the database ends before this leaf" : "the database lacks this leaf");
      return Optional.empty();
    }
    rows.next();
    progress.entry();
    if (head.get().isGone()) {
      lost.leaf(leaf, "the entry of this leaf is gone from the database");
      return Optional.empty();
    }
    return head;
  }

  private void look(EntryRow row, Leaves found, long first, Optional<Leaves> signed) {
    int slot = (int) (row.place().leaf() - first);
    TreeHash hash = TreeHash.leaf(row.body());
    found.set(slot, hash);
    if (signed.isPresent()
        && signed.get().width() > slot
        && signed.get().isKnown(slot)
        && !signed.get().at(slot).equals(hash)) {
      mismatches.add(row.place().leaf(), hash);
    }
    columns.check(row);
    deeds.see(row);
  }

  private long waiting() {
    long count = 0;
    try (RowCursor<EntryRow> rows = new RowCursor<>(connection, EntryRow.WAITING, EntryRow::of)) {
      for (Optional<EntryRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        columns.check(row.get());
        deeds.see(row.get());
        count++;
      }
    }
    return count;
  }

  /** Entries that neither have a leaf nor wait for one: nobody would ever see them. */
  private void hidden() {
    String sql =
        "select e.id from ledger_entry e"
            + " where not exists (select from ledger_leaf l where l.entry = e.id)"
            + " and not exists (select from ledger_queue q where q.entry = e.id) order by e.id";
    try (RowCursor<Long> rows = new RowCursor<>(connection, sql, row -> row.getLong(1))) {
      for (Optional<Long> row = rows.next(); row.isPresent(); row = rows.next()) {
        findings.nowhere(
            FindingKind.ENTRY_HIDDEN,
            "entry " + row.get() + " of ledger_entry has no leaf and waits for none");
      }
    }
  }

  /** The service may have published since the copy's checkpoint was read: it is read again. */
  private void compareCopy(CheckpointTable checkpoints) {
    long published = checkpoints.published();
    copy.folder()
        .map(CopyFolder::size)
        .filter(size -> size < published)
        .ifPresent(
            size ->
                findings.at(
                    size,
                    FindingKind.COPY_BEHIND,
                    "the copy ends before this leaf, and a checkpoint of "
                        + published
                        + " leaves was published"));
  }

  private final class TileDifferences implements TreeCheck.Differences {
    @Override
    public void entry(long leaf, TreeHash found, TreeHash expected) {
      mismatches.add(leaf, found);
    }

    @Override
    public void tile(long leaf, String tile, String how) {
      findings.at(leaf, FindingKind.TILE_DIFFERS, tile + " " + how);
    }

    @Override
    public void missing(long leaf, String tile) {
      findings.at(leaf, FindingKind.TILE_DIFFERS, tile + " is gone");
    }
  }
}
