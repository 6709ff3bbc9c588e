package io.chancery.ocsp;

import io.chancery.issuance.SingleAnswer;
import io.chancery.x509.IssuerName;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which certificates of the book want an answer made, and what is to be said of them. */
final class DueRows {
  private static final String FACTS =
      """
      select c.serial, c.issuer, c.not_after, c.status_version, c.status, c.status_since, c.reason,
        c.issued_at
      from certificate c
      """;
  private static final String OF_THESE_ISSUERS =
      "join unnest(?::text[], ?::text[]) as r (issuer, responder) on r.issuer = c.issuer\n";

  private final Connection connection;
  private final Map<IssuerName, String> responders;

  /**
   * @param responders of the issuers that want answers made ahead, as {@link
   *     AnswerForms.Key#responder}
   */
  DueRows(Connection connection, Map<IssuerName, String> responders) {
    this.connection = connection;
    this.responders = responders;
  }

  /** A certificate to make an answer for. */
  record Due(KeptAnswer.Facts facts, IssuerName issuer, Instant issuedAt) {}

  /** These, whatever answer they have. */
  List<Due> among(Collection<SerialNumber> serials) throws SQLException {
    return read(
        "where c.serial = any(?) and c.not_after > now()",
        statement ->
            statement.setArray(
                3,
                connection.createArrayOf(
                    "text", serials.stream().map(SerialNumber::hex).toArray())));
  }

  /**
   * Issued then or since, and without an answer; the first to be issued come first. A group has one
   * time, and may have been cut in two by the last look's end. Each is looked up by itself ("offset
   * 0"): a join would read all answers there are.
   */
  List<Due> issuedSince(Instant since, int most) throws SQLException {
    return read(
        """
        where c.issued_at >= ? and c.not_after > now()
          and not exists (select from ocsp_answer a where a.serial = c.serial offset 0)
        order by c.issued_at limit ?
        """,
        statement -> {
          statement.setTimestamp(3, Timestamp.from(since));
          statement.setInt(4, most);
        });
  }

  /** Those whose answer has become old, the oldest first. */
  List<Due> old(int most) throws SQLException {
    return read(
        """
        join ocsp_answer a on a.serial = c.serial
        where a.due < now() and c.not_after > now()
        order by a.due limit ?
        """,
        statement -> statement.setInt(3, most));
  }

  /** Of the serials between the two: no answer, or of another status, or of another responder. */
  List<Due> missing(String after, String until, int most) throws SQLException {
    return read(
        """
        left join ocsp_answer a on a.serial = c.serial
        where c.serial > ? and c.serial <= ? and c.not_after > now()
          and (a.serial is null or a.version <> c.status_version or a.responder <> r.responder)
        order by c.serial limit ?
        """,
        statement -> {
          statement.setString(3, after);
          statement.setString(4, until);
          statement.setInt(5, most);
        });
  }

  /** The serial so many places on; empty at the end. */
  String pageEnd(String after, int length) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select coalesce(max(serial), '') from
              (select serial from certificate where serial > ? order by serial limit ?) page
            """)) {
      statement.setString(1, after);
      statement.setInt(2, length);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** What the book says of these serials, whichever issuer they are of. */
  static List<Due> facts(Connection connection, Collection<SerialNumber> serials)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(FACTS + " where c.serial = any(?)")) {
      statement.setArray(
          1, connection.createArrayOf("text", serials.stream().map(SerialNumber::hex).toArray()));
      return read(statement);
    }
  }

  private interface Values {
    void set(PreparedStatement statement) throws SQLException;
  }

  private List<Due> read(String where, Values values) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(FACTS + OF_THESE_ISSUERS + where)) {
      Array issuers =
          connection.createArrayOf(
              "text", responders.keySet().stream().map(IssuerName::value).toArray());
      statement.setArray(1, issuers);
      statement.setArray(2, connection.createArrayOf("text", responders.values().toArray()));
      values.set(statement);
      return read(statement);
    }
  }

  private static List<Due> read(PreparedStatement statement) throws SQLException {
    List<Due> due = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        due.add(due(rows));
      }
    }
    return due;
  }

  private static Due due(ResultSet row) throws SQLException {
    return new Due(
        new KeptAnswer.Facts(
            SerialNumber.parse(row.getString(1)),
            row.getInt(4),
            status(row),
            row.getTimestamp(3).toInstant()),
        new IssuerName(row.getString(2)),
        row.getTimestamp(8).toInstant());
  }

  private static SingleAnswer.Status status(ResultSet row) throws SQLException {
    Timestamp since = row.getTimestamp(6);
    Instant from = since == null ? Instant.EPOCH : since.toInstant();
    int reason = row.getInt(7);
    return switch (row.getString(5)) {
      case "good" -> SingleAnswer.Status.GOOD;
      case "held" -> new SingleAnswer.Status.Revoked(from, RevocationReason.CERTIFICATE_HOLD);
      // An unreadable status must never be answered as good.
      default -> new SingleAnswer.Status.Revoked(from, RevocationReason.ofCode(reason));
    };
  }
}
