package io.chancery.audit.book;

import io.chancery.audit.rows.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** A row of {@code certificate}. */
@SuppressWarnings("ArrayRecordComponent") // read once, compared, forgotten
record CertificateRecord(
    String serial,
    String issuer,
    String profile,
    String organization,
    String requester,
    String contact,
    String replaces,
    String subject,
    String names,
    String keyThumbprint,
    Instant notBefore,
    Instant notAfter,
    Instant issuedAt,
    byte[] der,
    StatusRecord status) {
  static final String ALL =
      """
      select serial, issuer, profile, organization, requester, contact, replaces, subject, names,
        key_thumbprint, not_before, not_after, issued_at, der,
        status, status_version, status_since, reason, invalidity_date
      from certificate order by serial collate "C"
      """;

  static CertificateRecord of(ResultSet row) throws SQLException {
    return new CertificateRecord(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Columns.text(row, 7),
        row.getString(8),
        Columns.words(row, 9),
        row.getString(10),
        Columns.instant(row, 11),
        Columns.instant(row, 12),
        Columns.instant(row, 13),
        row.getBytes(14),
        new StatusRecord(
            row.getString(15),
            row.getInt(16),
            Columns.time(row, 17),
            Optional.of(Columns.text(row, 18))
                .filter(text -> !text.isEmpty())
                .map(Integer::valueOf),
            Columns.time(row, 19)));
  }
}
