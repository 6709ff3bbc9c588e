package io.chancery.inventory;

import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Changes of status in the order in which they can be seen, each at least once. Plain JDBC on a
 * connection of the caller's own: a reader that waits for changes holds it for life.
 */
public final class StatusChanges {
  /** The channel on which PostgreSQL tells that there is something to read. */
  public static final String CHANNEL = "chancery_status";

  // One statement has one snapshot. What is not visible in it has a transaction of at least its
  // xmin, and is read when that is the place to read from.
  private static final String READ =
      """
      select pg_snapshot_xmin(pg_current_snapshot())::text, s.at, c.serial, c.issuer, c.crl_shard,
        c.not_after, c.status_version, c.status, c.status_since, c.reason, c.invalidity_date
      from (values (1)) always
      left join (status_change s join certificate c on c.serial = s.serial)
        on s.xact >= ?::xid8
      order by s.id
      """;

  private StatusChanges() {}

  /** How far a reader has come. */
  public record Position(String transaction) {}

  /** What was read, and where to read on. */
  public record Batch(List<StatusChange> changes, Position next) {}

  /** From here on everything that is not yet committed will be read. */
  public static Position now(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select pg_snapshot_xmin(pg_current_snapshot())::text");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Position(row.getString(1));
    }
  }

  /**
   * Everything since. A change that is younger than the oldest open transaction is read again next
   * time; its version tells that it is known.
   */
  public static Batch since(Connection connection, Position position) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, position.transaction());
      try (ResultSet rows = statement.executeQuery()) {
        List<StatusChange> changes = new ArrayList<>();
        Position next = position;
        while (rows.next()) {
          next = new Position(rows.getString(1));
          if (rows.getString(3) != null) {
            changes.add(change(rows));
          }
        }
        return new Batch(List.copyOf(changes), next);
      }
    }
  }

  /**
   * A database that was restored somewhere else holds transaction numbers that are still to come
   * there; they would be read over and over. Makes them this transaction's.
   */
  public static void adopt(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update status_change set xact = pg_current_xact_id()"
                + " where xact >= pg_snapshot_xmax(pg_current_snapshot())")) {
      statement.executeUpdate();
    }
  }

  private static StatusChange change(ResultSet row) throws SQLException {
    int shard = row.getInt(5);
    OptionalInt inShard = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(shard);
    short code = row.getShort(10);
    @Nullable Short reason = row.wasNull() ? null : code;
    return new StatusChange(
        SerialNumber.parse(row.getString(3)),
        new IssuerName(row.getString(4)),
        inShard,
        row.getTimestamp(6).toInstant(),
        row.getInt(7),
        CertificateRow.StatusText.read(
            row.getString(8), instant(row.getTimestamp(9)), reason, instant(row.getTimestamp(11))),
        row.getTimestamp(2).toInstant());
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
