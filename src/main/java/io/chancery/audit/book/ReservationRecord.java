package io.chancery.audit.book;

import io.chancery.audit.rows.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** A row of {@code reservation}. */
@SuppressWarnings("ArrayRecordComponent") // read once, compared, forgotten
record ReservationRecord(
    String serial,
    String issuer,
    String profile,
    String organization,
    String requester,
    String contact,
    String replaces,
    byte[] tbs,
    Optional<Instant> abandoned) {
  static final String ALL =
      """
      select serial, issuer, profile, organization, requester, contact, replaces, tbs, abandoned_at
      from reservation order by serial collate "C"
      """;

  static ReservationRecord of(ResultSet row) throws SQLException {
    return new ReservationRecord(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Columns.text(row, 7),
        row.getBytes(8),
        Columns.time(row, 9));
  }
}
