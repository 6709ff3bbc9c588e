package io.chancery.inventory;

import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What CRLs list, read as a stream by COPY in its binary form: a million rows pass through, one at
 * a time. On the caller's own connection and in its transaction, whose snapshot decides.
 */
public final class RevokedList {
  private static final Pattern SNAPSHOT = Pattern.compile("[0-9]+:[0-9]+:[0-9,]*");

  private static final String COMPLETE =
      """
      copy (select serial, since, reason, invalidity_date from revoked
        where issuer = '%s' %s order by serial) to stdout (format binary)
      """;

  // A certificate that is good again, or was released and forgotten, is told as removed.
  private static final String SINCE =
      """
      copy (select c.serial, coalesce(c.status_since, s.at),
          (case c.status when 'good' then 8 when 'held' then 6 else c.reason end)::smallint,
          c.invalidity_date
        from (select serial, max(at) as at from status_change
          where issuer = '%s' and xact >= pg_snapshot_xmin('%2$s'::pg_snapshot)
            and not pg_visible_in_snapshot(xact, '%2$s'::pg_snapshot)
          group by serial) s
        join certificate c on c.serial = s.serial order by c.serial) to stdout (format binary)
      """;

  /** Between PostgreSQL's epoch, 2000, and 1970. */
  private static final long EPOCH_SECONDS = 946_684_800L;

  private static final int SECOND = 1_000_000;

  /** "PGCOPY\\n\\377\\r\\n\\0", the flags and the length of no extension. */
  private static final int HEADER = 19;

  private final byte[] serial = new byte[21];
  private final Listing listing;

  private RevokedList(Listing listing) {
    this.listing = listing;
  }

  /** Everything that a complete CRL of the scope lists. */
  public static void complete(
      Connection connection, IssuerName issuer, CrlScope scope, Listing listing)
      throws SQLException {
    String shard = scope.isWhole() ? "" : "and shard = " + scope.text();
    new RevokedList(listing).copy(connection, COMPLETE.formatted(issuer, shard));
  }

  /** Every certificate whose status has changed since the snapshot, as it is now. */
  public static void since(
      Connection connection, IssuerName issuer, String snapshot, Listing listing)
      throws SQLException {
    if (!SNAPSHOT.matcher(snapshot).matches()) {
      throw new IllegalArgumentException("no snapshot: " + snapshot);
    }
    new RevokedList(listing).copy(connection, SINCE.formatted(issuer, snapshot));
  }

  // COPY takes no parameters: a name and a snapshot have no quote in them, a scope is a number.
  private void copy(Connection connection, String sql) throws SQLException {
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    try {
      int skip = HEADER;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        read(ByteBuffer.wrap(row, skip, row.length - skip));
        skip = 0;
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** The first message has the header before its row, the last is the trailer, -1. */
  private void read(ByteBuffer row) {
    if (row.remaining() < Short.BYTES || row.getShort() < 0) {
      return;
    }
    int length = serial(row);
    long since = seconds(row);
    row.getInt();
    int reason = row.getShort();
    listing.entry(serial, length, since, reason, seconds(row));
  }

  /** Hex of an even length, as {@code SerialNumber} writes it. */
  private int serial(ByteBuffer row) {
    int digits = row.getInt();
    int at = 0;
    serial[0] = 0;
    for (int i = 0; i < digits; i += 2) {
      byte octet = (byte) (digit(row.get()) << 4 | digit(row.get()));
      // X.690 s8.3.2: an INTEGER has no octets that say nothing; a positive one begins with 0.
      if (at == 0 && octet < 0) {
        at = 1;
      }
      if (at > 0 || octet != 0) {
        serial[at++] = octet;
      }
    }
    return at;
  }

  private static int digit(byte hex) {
    return hex <= '9' ? hex - '0' : hex - 'a' + 10;
  }

  private static long seconds(ByteBuffer row) {
    return row.getInt() < 0
        ? Listing.NO_DATE
        : Math.floorDiv(row.getLong(), SECOND) + EPOCH_SECONDS;
  }
}
