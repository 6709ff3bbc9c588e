package io.chancery.audit;

import io.chancery.Quoted;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.RowCursor;
import io.chancery.audit.rows.Sha256;
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
  /** The book keeps twenty of an issuer; a row older than these is not compared but counted. */
  private static final int REMEMBERED = 100;

  private static final int PIECE = 1 << 20;

  private final Findings findings;
  private final Map<String, NavigableMap<Long, Signed>> signed = new HashMap<>();

  private record Signed(Place place, String hash) {}

  private record Row(String issuer, long number, int length) {}

  RecentCrls(Findings findings) {
    this.findings = findings;
  }

  void signed(Place place, String issuer, long number, String hash) {
    NavigableMap<Long, Signed> its = signed.computeIfAbsent(issuer, any -> new TreeMap<>());
    its.put(number, new Signed(place, hash));
    if (its.size() > REMEMBERED) {
      its.pollFirstEntry();
    }
  }

  void compare(Connection connection) {
    Map<String, Long> newest = new HashMap<>();
    for (Row row : rows(connection)) {
      newest.merge(row.issuer(), row.number(), Math::max);
      compare(connection, row);
    }
    signed.forEach(
        (issuer, its) -> {
          long number = its.lastKey();
          if (newest.getOrDefault(issuer, -1L) < number) {
            findings.about(
                its.lastEntry().getValue().place(),
                FindingKind.CRL_DIFFERS,
                "CRL " + number + " of " + Quoted.of(issuer) + " was signed and is gone");
          }
        });
  }

  private void compare(Connection connection, Row row) {
    NavigableMap<Long, Signed> its = signed.getOrDefault(row.issuer(), new TreeMap<>());
    Optional<Signed> entry = Optional.ofNullable(its.get(row.number()));
    String which = "CRL " + row.number() + " of " + Quoted.of(row.issuer());
    if (entry.isEmpty()) {
      boolean old = !its.isEmpty() && row.number() < its.firstKey();
      if (!old) {
        findings.nowhere(FindingKind.CRL_DIFFERS, which + " stands in no entry");
      }
    } else if (!hash(connection, row).equals(entry.get().hash())) {
      findings.about(
          entry.get().place(), FindingKind.CRL_DIFFERS, which + " is not the one that was signed");
    }
  }

  private static List<Row> rows(Connection connection) {
    List<Row> all = new ArrayList<>();
    String sql = "select issuer, number, octet_length(der) from crl order by issuer, number";
    try (RowCursor<Row> rows =
        new RowCursor<>(
            connection, sql, row -> new Row(row.getString(1), row.getLong(2), row.getInt(3)))) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        all.add(row.get());
      }
    }
    return all;
  }

  /** In pieces: a CRL may have more octets than this program has memory. */
  private static String hash(Connection connection, Row row) {
    MessageDigest digest = Sha256.digest();
    return Snapshot.asked(
        () -> {
          String sql =
              "select substring(der from ? for ?) from crl where issuer = ? and number = ?";
          for (int at = 0; at < row.length(); at += PIECE) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
              digest.update(piece(statement, row, at));
            }
          }
          return HexFormat.of().formatHex(digest.digest());
        });
  }

  private static byte[] piece(PreparedStatement statement, Row row, int at) throws SQLException {
    statement.setInt(1, at + 1);
    statement.setInt(2, PIECE);
    statement.setString(3, row.issuer());
    statement.setLong(4, row.number());
    try (ResultSet octets = statement.executeQuery()) {
      octets.next();
      return octets.getBytes(1);
    }
  }
}
