package io.chancery.audit;

import io.chancery.Sha256;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.RowCursor;
import io.chancery.audit.rows.Snapshot;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The CRLs that the book still keeps, by the hashes that the roll has of them. */
final class RecentCrls {
  /** The book keeps the octets of a few; a row older than these is not compared. */
  private static final int REMEMBERED = 100;

  private final Findings findings;
  private final Map<CrlAudit.Series, NavigableMap<Long, Signed>> signed = new HashMap<>();

  private record Signed(Place place, String hash) {}

  /**
   * A CRL in the book.
   *
   * @param parts how many pieces of it are kept; none of one that is superseded
   */
  private record Row(CrlAudit.Series series, long number, String thumbprint, int parts) {}

  RecentCrls(Findings findings) {
    this.findings = findings;
  }

  void signed(Place place, CrlAudit.Series series, long number, String hash) {
    NavigableMap<Long, Signed> its = signed.computeIfAbsent(series, any -> new TreeMap<>());
    its.put(number, new Signed(place, hash));
    if (its.size() > REMEMBERED) {
      its.pollFirstEntry();
    }
  }

  void compare(Connection connection) {
    Map<CrlAudit.Series, Long> newest = new HashMap<>();
    for (Row row : rows(connection)) {
      if (row.parts() > 0) {
        newest.merge(row.series(), row.number(), Math::max);
      }
      compare(connection, row);
    }
    signed.forEach(
        (series, its) -> {
          long number = its.lastKey();
          if (newest.getOrDefault(series, -1L) < number) {
            findings.about(
                its.lastEntry().getValue().place(),
                FindingKind.CRL_DIFFERS,
                "CRL " + number + " of " + series + " was signed and is gone");
          }
        });
  }

  private void compare(Connection connection, Row row) {
    NavigableMap<Long, Signed> its = signed.getOrDefault(row.series(), new TreeMap<>());
    Optional<Signed> entry = Optional.ofNullable(its.get(row.number()));
    String which = "CRL " + row.number() + " of " + row.series();
    if (entry.isEmpty()) {
      boolean old = !its.isEmpty() && row.number() < its.firstKey();
      if (!old) {
        findings.nowhere(FindingKind.CRL_DIFFERS, which + " stands in no entry");
      }
    } else if (!row.thumbprint().equals(entry.get().hash())
        || (row.parts() > 0 && !hash(connection, row).equals(entry.get().hash()))) {
      findings.about(
          entry.get().place(), FindingKind.CRL_DIFFERS, which + " is not the one that was signed");
    }
  }

  private static List<Row> rows(Connection connection) {
    List<Row> all = new ArrayList<>();
    String sql =
        """
        select c.issuer, c.scope, c.number, c.thumbprint, (select count(*) from crl_part p
          where p.issuer = c.issuer and p.scope = c.scope and p.number = c.number)
        from crl c order by 1, 2, 3
        """;
    try (RowCursor<Row> rows =
        new RowCursor<>(
            connection,
            sql,
            row ->
                new Row(
                    new CrlAudit.Series(row.getString(1), row.getString(2)),
                    row.getLong(3),
                    row.getString(4),
                    row.getInt(5)))) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        all.add(row.get());
      }
    }
    return all;
  }

  /** Piece by piece: a CRL may have more octets than this program has memory. */
  private static String hash(Connection connection, Row row) {
    MessageDigest digest = Sha256.digest();
    return Snapshot.asked(
        () -> {
          String sql =
              "select octets from crl_part where issuer = ? and scope = ? and number = ?"
                  + " order by part offset ? limit 1";
          for (int part = 0; part < row.parts(); part++) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
              digest.update(piece(statement, row, part));
            }
          }
          return HexFormat.of().formatHex(digest.digest());
        });
  }

  private static byte[] piece(PreparedStatement statement, Row row, int part) throws SQLException {
    statement.setString(1, row.series().issuer());
    statement.setString(2, row.series().scope());
    statement.setLong(3, row.number());
    statement.setInt(4, part);
    try (ResultSet octets = statement.executeQuery()) {
      octets.next();
      return octets.getBytes(1);
    }
  }
}
