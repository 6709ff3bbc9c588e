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
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Changes of status, on a connection of the caller's own. {@link ChangeReader} follows them. */
public final class StatusChanges {
  /** The channel on which PostgreSQL tells that there is something to read. */
  public static final String CHANNEL = "chancery_status";

  static final String COLUMNS =
      "s.at, c.serial, c.issuer, c.crl_shard, c.not_after, c.status_version, c.status,"
          + " c.status_since, c.reason, c.invalidity_date";

  private StatusChanges() {}

  /** A change, and the transaction that made it. */
  public record Newest(StatusChange change, long transaction) {}

  /** The newest change of each of these certificates; of those that have never changed, nothing. */
  public static List<Newest> newest(Connection connection, Collection<SerialNumber> serials)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select distinct on (s.serial) s.xact::text, "
                + COLUMNS
                + " from status_change s join certificate c on c.serial = s.serial"
                + " where s.serial = any(?) order by s.serial, s.version desc")) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text", serials.stream().map(SerialNumber::hex).toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        List<Newest> newest = new ArrayList<>();
        while (rows.next()) {
          newest.add(new Newest(change(rows, 1), Long.parseLong(rows.getString(1))));
        }
        return newest;
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

  /** Reads {@link #COLUMNS} that stand after this many others. */
  static StatusChange change(ResultSet row, int before) throws SQLException {
    int shard = row.getInt(before + 4);
    OptionalInt inShard = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(shard);
    short code = row.getShort(before + 9);
    @Nullable Short reason = row.wasNull() ? null : code;
    return new StatusChange(
        SerialNumber.parse(row.getString(before + 2)),
        new IssuerName(row.getString(before + 3)),
        inShard,
        row.getTimestamp(before + 5).toInstant(),
        row.getInt(before + 6),
        CertificateRow.StatusText.read(
            row.getString(before + 7),
            instant(row.getTimestamp(before + 8)),
            reason,
            instant(row.getTimestamp(before + 10))),
        row.getTimestamp(before + 1).toInstant());
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
