package io.chancery.ocsp;

import io.chancery.issuance.SingleAnswer;
import io.chancery.x509.IssuerName;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The table {@code ocsp_answer} in bulk: plain JDBC, since a million rows pass through it. Times
 * travel as seconds since 1970.
 */
final class AnswerRows {
  /** Well before half its life, so that a queue of others leaves time. */
  private static final double DUE = 0.4;

  private static final int FETCH = 10_000;

  private static final String COLUMNS =
      """
      a.serial, a.issuer, a.version, extract(epoch from a.since)::bigint, a.reason, a.responder,
        extract(epoch from a.this_update)::bigint, extract(epoch from a.next_update)::bigint,
        extract(epoch from a.not_after)::bigint, a.signature
      """;

  // A status that changes while its answer is written: whoever locks the certificate first commits
  // first, and an answer that is no longer true is not written. Nothing here waits for a lock, so
  // nothing deadlocks. A replica's clock may be behind another's: versions decide, and then who
  // signed later.
  private static final String SAVE =
      """
      insert into ocsp_answer as a (serial, issuer, version, since, reason, responder, this_update,
        next_update, not_after, due, signature)
      select n.serial, n.issuer, n.version, to_timestamp(nullif(n.since, -1)),
        nullif(n.reason, -1), n.responder, to_timestamp(n.this_update), to_timestamp(n.next_update),
        to_timestamp(n.not_after),
        to_timestamp(n.this_update + (n.next_update - n.this_update) * ?), n.signature
      from unnest(?::text[], ?::text[], ?::int[], ?::bigint[], ?::smallint[], ?::text[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
        as n (serial, issuer, version, since, reason, responder, this_update, next_update,
          not_after, signature)
      join certificate c on c.serial = n.serial and c.status_version = n.version
      for share of c skip locked
      on conflict (serial) do update set issuer = excluded.issuer, version = excluded.version,
        since = excluded.since, reason = excluded.reason, responder = excluded.responder,
        this_update = excluded.this_update, next_update = excluded.next_update,
        not_after = excluded.not_after, due = excluded.due, signature = excluded.signature,
        xact = pg_current_xact_id()
      where excluded.version > a.version
        or (excluded.version = a.version and excluded.this_update > a.this_update)
      """;

  private AnswerRows() {}

  /**
   * One row.
   *
   * @param responder as {@link AnswerForms.Key#responder}
   */
  @SuppressWarnings("ArrayRecordComponent") // passes through
  record Row(
      KeptAnswer.Facts facts,
      KeptAnswer.Period period,
      IssuerName issuer,
      String responder,
      byte[] signature) {
    KeptAnswer kept(int form) {
      return KeptAnswer.of(facts, period, form, signature);
    }
  }

  /** Everything that has not ended, by a cursor. */
  static void all(Connection connection, Consumer<Row> reader) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select " + COLUMNS + " from ocsp_answer a where a.next_update > now()")) {
      statement.setFetchSize(FETCH);
      read(statement, reader);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Where {@link #since} begins, so that nothing that is not yet committed is missed. */
  static String position(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select pg_snapshot_xmin(pg_current_snapshot())::text");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  /**
   * What was written since; what is younger than the oldest open transaction comes again.
   *
   * @return where to read on
   */
  static String since(Connection connection, String position, Consumer<Row> reader)
      throws SQLException {
    // Asked first: what commits between the two is read now and once more.
    String next = position(connection);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select " + COLUMNS + " from ocsp_answer a where a.xact >= ?::xid8")) {
      statement.setString(1, position);
      read(statement, reader);
    }
    return next;
  }

  /** As {@code StatusChanges.adopt}: a restored database holds numbers that are still to come. */
  static void adopt(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update ocsp_answer set xact = pg_current_xact_id()"
                + " where xact >= pg_snapshot_xmax(pg_current_snapshot())")) {
      statement.executeUpdate();
    }
  }

  /**
   * Writes answers, no two about the same serial; not those that are older than what is there, or
   * no longer true.
   *
   * @return how many were written
   */
  static int save(Connection connection, List<Row> rows) throws SQLException {
    int count = rows.size();
    Object[][] columns = new Object[10][count];
    for (int i = 0; i < count; i++) {
      Row row = rows.get(i);
      columns[0][i] = row.facts().serial().hex();
      columns[1][i] = row.issuer().value();
      columns[2][i] = row.facts().version();
      columns[3][i] = since(row.facts().status());
      columns[4][i] = reason(row.facts().status());
      columns[5][i] = row.responder();
      columns[6][i] = row.period().thisUpdate().getEpochSecond();
      columns[7][i] = row.period().nextUpdate().getEpochSecond();
      columns[8][i] = row.facts().notAfter().getEpochSecond();
    }
    byte[][] signatures = rows.stream().map(Row::signature).toArray(byte[][]::new);
    String[] types = {
      "text", "text", "int4", "int8", "int2", "text", "int8", "int8", "int8", "bytea"
    };
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      statement.setDouble(1, DUE);
      for (int i = 0; i < types.length; i++) {
        statement.setArray(
            i + 2, connection.createArrayOf(types[i], i == 9 ? signatures : columns[i]));
      }
      return statement.executeUpdate();
    }
  }

  /** Takes away what is about certificates that have ended. */
  static int forget(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("delete from ocsp_answer where not_after < now()")) {
      return statement.executeUpdate();
    }
  }

  private static void read(PreparedStatement statement, Consumer<Row> reader) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.accept(row(rows));
      }
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    long since = row.getLong(4);
    boolean good = row.wasNull();
    SingleAnswer.Status status =
        good
            ? SingleAnswer.Status.GOOD
            : new SingleAnswer.Status.Revoked(
                Instant.ofEpochSecond(since), RevocationReason.ofCode(row.getInt(5)));
    return new Row(
        new KeptAnswer.Facts(
            SerialNumber.parse(row.getString(1)),
            row.getInt(3),
            status,
            Instant.ofEpochSecond(row.getLong(9))),
        new KeptAnswer.Period(
            Instant.ofEpochSecond(row.getLong(7)), Instant.ofEpochSecond(row.getLong(8))),
        new IssuerName(row.getString(2)),
        row.getString(6),
        row.getBytes(10));
  }

  private static Long since(SingleAnswer.Status status) {
    return status instanceof SingleAnswer.Status.Revoked revoked
        ? revoked.at().getEpochSecond()
        : -1L;
  }

  private static Short reason(SingleAnswer.Status status) {
    return status instanceof SingleAnswer.Status.Revoked revoked
        ? (short) revoked.reason().code()
        : (short) -1;
  }
}
