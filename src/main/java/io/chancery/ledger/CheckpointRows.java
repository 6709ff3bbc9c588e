package io.chancery.ledger;

import io.chancery.inventory.sql.Sql;
import io.chancery.ledger.tree.TreeHash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code ledger_checkpoint}. */
@Singleton
final class CheckpointRows {
  private final Sql sql;

  @Inject
  CheckpointRows(Sql sql) {
    this.sql = sql;
  }

  /** A checkpoint as it is kept; {@code note} is there once it is signed. */
  record Kept(long size, TreeHash root, Optional<String> note) {
    static Kept of(ResultSet row) throws SQLException {
      return new Kept(
          row.getLong(1), TreeHash.of(row.getBytes(2)), Optional.ofNullable(row.getString(3)));
    }
  }

  /** Written down before it is signed. */
  void intend(long size, TreeHash root, Instant at) {
    sql.update(
        "insert into ledger_checkpoint (size, root, at) values (?, ?, ?) on conflict do nothing",
        size,
        root.octets(),
        at);
  }

  /** Signed, and in the copy. */
  void published(long size, String note, Instant at) {
    sql.update(
        "update ledger_checkpoint set note = ?, published_at = ? where size = ?", note, at, size);
  }

  /** The newest one, if the copy does not hold it yet. */
  Optional<Kept> unpublished() {
    return sql
        .query(
            "select size, root, note from ledger_checkpoint where published_at is null"
                + " and size = (select max(size) from ledger_checkpoint)",
            Kept::of)
        .stream()
        .findFirst();
  }

  /** The newest one that the copy holds. */
  Optional<Kept> newestPublished() {
    return sql
        .query(
            "select size, root, note from ledger_checkpoint where published_at is not null"
                + " order by size desc limit 1",
            Kept::of)
        .stream()
        .findFirst();
  }
}
