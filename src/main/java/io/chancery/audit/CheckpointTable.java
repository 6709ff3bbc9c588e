package io.chancery.audit;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.rows.RowCursor;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newest rows of {@code ledger_checkpoint}; older ones say nothing that these do not. */
final class CheckpointTable {
  private static final String NEWEST =
      "select size, root, note, published_at is not null from ledger_checkpoint"
          + " order by size desc limit 100";

  private final List<Row> rows;
  private final Findings findings;

  private record Row(long size, TreeHash root, Optional<String> note, Boolean published) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          TreeHash.of(row.getBytes(2)),
          Optional.ofNullable(row.getString(3)),
          row.getBoolean(4));
    }
  }

  private CheckpointTable(List<Row> rows, Findings findings) {
    this.rows = rows;
    this.findings = findings;
  }

  static CheckpointTable read(Connection connection, Findings findings) {
    List<Row> all = new ArrayList<>();
    try (RowCursor<Row> rows = new RowCursor<>(connection, NEWEST, Row::of)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        all.add(row.get());
      }
    }
    return new CheckpointTable(all, findings);
  }

  List<Long> sizes() {
    return rows.stream().map(Row::size).toList();
  }

  /** How many leaves the newest of them counts. */
  long newest() {
    return rows.isEmpty() ? 0 : rows.getFirst().size();
  }

  /** The newest one that the copy holds, as the database says. */
  long published() {
    return rows.stream().filter(Row::published).mapToLong(Row::size).max().orElse(0);
  }

  /** The root of the newest signed one, for a tree of exactly this size. */
  Optional<TreeHash> signedRoot(long size) {
    return rows.stream().filter(row -> row.size() == size).map(Row::root).findFirst();
  }

  /** The newest signed one is signed by the log, and every one is the root of its leaves. */
  void compare(TreeCheck tree, SignedCheckpoint signatures) {
    for (Row row : rows) {
      tree.rootAt(row.size())
          .filter(root -> !root.equals(row.root()))
          .ifPresent(root -> report(row, "says " + row.root() + ", its leaves add up to " + root));
    }
    rows.stream()
        .filter(row -> row.note().isPresent())
        .findFirst()
        .ifPresent(row -> compareNote(row, row.note().get(), signatures));
  }

  private void compareNote(Row row, String note, SignedCheckpoint signatures) {
    Optional<Checkpoint> signed =
        signatures.read(
            note.getBytes(StandardCharsets.UTF_8),
            "the database's checkpoint of " + row.size() + " leaves",
            findings);
    if (signed.isPresent()
        && (signed.get().size() != row.size() || !signed.get().root().equals(row.root()))) {
      report(row, "is not what its signed note says");
    }
  }

  private void report(Row row, String what) {
    findings.nowhere(
        FindingKind.CHECKPOINT_DIFFERS, "the checkpoint of " + row.size() + " leaves " + what);
  }
}
