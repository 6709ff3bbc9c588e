package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.x509.IssuedCertificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Fills the book with certificates without issuing them: rows made in the database from one that
 * was really issued. Each has its own serial in row and DER; the key, the names in the DER and the
 * signature are those of the one, so its signature does not hold. Nothing that is measured here
 * looks at it.
 */
public final class Seeding {
  private static final String BENCH = "bench";

  /** From so many rows on, indexes are quicker made anew than kept up. */
  private static final long MANY = 50_000;

  private final Connection connection;
  private final IssuedCertificate template;
  private final Consumer<String> progress;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  Seeding(Connection connection, IssuedCertificate template, Consumer<String> progress) {
    this.connection = connection;
    this.template = template;
    this.progress = progress;
  }

  /** What each step took. */
  Map<String, Double> seconds() {
    return seconds;
  }

  /** Brings the book to so many good and so many revoked ones; those that are there stay. */
  void fill(long good, long revoked) {
    try {
      long haveGood = count("status = 'good'");
      long haveRevoked = count("status <> 'good'");
      if (haveGood >= good && haveRevoked >= revoked) {
        return;
      }
      // One transaction: whoever is interrupted finds the indexes where they were.
      connection.setAutoCommit(false);
      boolean many = good - haveGood + revoked - haveRevoked > MANY;
      List<String> indexes = new ArrayList<>();
      if (many) {
        execute("set maintenance_work_mem = '512MB'");
        indexes.addAll(dropIndexes("certificate"));
        indexes.addAll(dropIndexes("status_change"));
      }
      insert(haveGood, good, "good certificates");
      insert(Serials.REVOKED + haveRevoked, Serials.REVOKED + revoked, "revoked certificates");
      fillRevoked();
      fillAnswers();
      if (many) {
        timed("indexes", () -> indexes.forEach(this::execute));
      }
      connection.commit();
      connection.setAutoCommit(true);
      timed("vacuum analyze", () -> execute("vacuum analyze"));
    } catch (SQLException failed) {
      throw broken(failed);
    }
  }

  private void insert(long from, long to, String what) throws SQLException {
    if (from >= to) {
      return;
    }
    boolean revoked = from >= Serials.REVOKED;
    Map<String, String> own = new LinkedHashMap<>();
    own.put("serial", "s.serial");
    own.put("requester", "'" + BENCH + "'");
    own.put("names", "array['dns:bench-' || s.i || '.internal.test']");
    own.put("key_thumbprint", "encode(sha256(decode(s.serial, 'hex')), 'hex')");
    own.put(
        "der",
        "overlay(t.der placing decode(s.serial, 'hex') from "
            + (serialAt(template) + 1)
            + " for 20)");
    if (revoked) {
      own.put("status", "'revoked'");
      own.put("status_version", "1");
      own.put("status_since", "now() - interval '1 day'");
      own.put("reason", "(array[0, 1, 3, 4, 5])[1 + s.i % 5]::smallint");
    }
    List<String> columns = columns("certificate");
    String values =
        columns.stream()
            .map(column -> own.getOrDefault(column, "t." + column))
            .collect(Collectors.joining(", "));
    String sql =
        "with s as (select i, %s as serial from generate_series(%d::bigint, %d) i)"
                .formatted(Serials.SQL, from, to - 1)
            + " insert into certificate (%s) select %s from s cross join certificate t"
                .formatted(String.join(", ", columns), values)
            + " where t.serial = '"
            + template.serial().hex()
            + "'";
    timed((to - from) + " " + what, () -> execute(sql));
    if (revoked) {
      changes(from, to);
    }
  }

  /** The changes that made them revoked, as already shown by a CRL. */
  private void changes(long from, long to) throws SQLException {
    boolean shown = columns("status_change").contains("crl_number");
    String sql =
        "insert into status_change (issuer, serial, version, at%s) select t.issuer, %s, 1,"
                .formatted(shown ? ", crl_number" : "", Serials.SQL)
            + " now() - interval '1 day'%s from generate_series(%d::bigint, %d) i"
                .formatted(shown ? ", 0" : "", from, to - 1)
            + " cross join certificate t where t.serial = '%s'".formatted(template.serial().hex());
    timed((to - from) + " changes of status", () -> execute(sql));
  }

  /** What CRLs list, where that is a table of its own. */
  private void fillRevoked() throws SQLException {
    if (!columns("revoked").isEmpty()) {
      timed(
          "rows that CRLs list",
          () ->
              execute(
                  "insert into revoked (issuer, serial, shard, reason, since, not_after)"
                      + " select issuer, serial, crl_shard, reason, status_since, not_after"
                      + " from certificate where status = 'revoked' and requester = '"
                      + BENCH
                      + "' order by issuer, serial on conflict do nothing"));
    }
  }

  /**
   * OCSP answers made ahead, where that is done: facts and times of each certificate, and the
   * signature of one that was really made.
   */
  private void fillAnswers() throws SQLException {
    if (!columns("ocsp_answer").isEmpty()) {
      timed(
          "answers made ahead",
          () ->
              execute(
                  "insert into ocsp_answer (serial, issuer, version, since, reason, responder,"
                      + " this_update, next_update, not_after, due, signature)"
                      + " select c.serial, c.issuer, c.status_version, c.status_since, c.reason,"
                      + " a.responder, now(), now() + interval '24 hours', c.not_after,"
                      + " now() + interval '9 hours' + random() * interval '1 hour', a.signature"
                      + " from certificate c cross join"
                      + " (select responder, signature from ocsp_answer where since is null"
                      + " order by this_update desc limit 1) a where c.requester = '"
                      + BENCH
                      + "' on conflict do nothing"));
    }
  }

  /** Revokes some good ones at once, past the service, as one transaction would. */
  static int revokeInBulk(Connection connection, long from, long to) {
    String these =
        "with s as (select %s as serial from generate_series(%d::bigint, %d) i), c as ("
                .formatted(Serials.SQL, from, to - 1)
            + "update certificate t set status = 'revoked', status_version = status_version + 1,"
            + " status_since = now(), reason = 4 from s where t.serial = s.serial"
            + " and t.status = 'good' returning t.*)";
    try (Statement statement = connection.createStatement()) {
      boolean listed = !columns(connection, "revoked").isEmpty();
      String listing =
          listed
              ? ", r as (insert into revoked (issuer, serial, shard, reason, since, not_after)"
                  + " select issuer, serial, crl_shard, reason, status_since, not_after from c)"
              : "";
      return statement.executeUpdate(
          these
              + listing
              + " insert into status_change (issuer, serial, version, at)"
              + " select issuer, serial, status_version, status_since from c");
    } catch (SQLException failed) {
      throw broken(failed);
    }
  }

  /** Every index of a table but its key's: they are quicker made at once afterwards. */
  private List<String> dropIndexes(String table) throws SQLException {
    List<String> made = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select indexname, indexdef from pg_indexes where schemaname = 'public' and"
                + " tablename = ? and indexname not like '%pkey'")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
          made.add(rows.getString(2));
        }
      }
    }
    names.forEach(name -> execute("drop index " + name));
    return made;
  }

  private long count(String condition) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select count(*) from certificate where requester = ? and " + condition)) {
      statement.setString(1, BENCH);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private List<String> columns(String table) throws SQLException {
    return columns(connection, table);
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select column_name from information_schema.columns where table_schema = 'public'"
                + " and table_name = ? order by ordinal_position")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  /** Where the serial's octets begin in the template's DER. */
  public static int serialAt(IssuedCertificate template) {
    String der = HexFormat.of().formatHex(template.der().octets());
    int at = der.indexOf("0214" + template.serial().hex());
    if (at < 0 || at % 2 != 0) {
      throw new IllegalStateException("the template's serial has no 20 octets");
    }
    return at / 2 + 2;
  }

  private void timed(String what, Runnable step) {
    long start = System.nanoTime();
    step.run();
    double took = (System.nanoTime() - start) / 1e9;
    seconds.merge(what, took, Double::sum);
    progress.accept("seeding: %s, %.1f s".formatted(what, took));
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw broken(failed);
    }
  }

  private static RuntimeException broken(SQLException failed) {
    return new Failure.Misconfigured(
            "seeding", String.valueOf(failed.getMessage()), "give an empty folder with --data")
        .because(failed);
  }
}
