package io.chancery.cli.bench.grow;

import io.chancery.Failure;
import io.chancery.cli.bench.Seeding;
import io.chancery.cli.bench.Serials;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Thumbprint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * A book that has grown for 850 days: services of 300 organizations, and every tenth of the one
 * whose token is used here, each renewed ten times before its 90 days were over. Half of them have
 * a subject, every fourth has two names. Rows are made from one certificate that was really issued:
 * each has its own serial in row and DER; key and names in the DER and its signature are that
 * one's. Each has an entry on the roll, whose body says nothing and which is no leaf of the tree.
 */
final class GrowSeeding {
  static final int ORGANIZATIONS = 300;
  static final int RENEWALS = 10;

  /** Spreads the services over time; prime to any number of them that is asked for. */
  private static final long STRIDE = 7919;

  private static final String CERTIFICATES =
      """
      insert into certificate (serial, issuer, profile, organization, requester, contact, replaces,
        subject, names, key_thumbprint, key_algorithm, not_before, not_after, issued_at, der,
        crl_shard)
      select s.serial, t.issuer, t.profile,
        case when s.service % 10 = 0 then t.organization
          else 'bench-' || (1 + s.service % {organizations}) end,
        'bench', '',
        case when s.i >= {services} and s.i % 3 = 0 then {before} end,
        case when s.service % 2 = 0 then '' else 'CN=s-' || s.service || '.internal.test' end,
        case when s.service % 4 = 0
          then array['dns:s-' || s.service || '.internal.test', 'dns:s-' || s.service || '.bench-'
            || (1 + s.service % {organizations}) || '.internal.test']
          else array['dns:s-' || s.service || '.internal.test'] end,
        encode(sha256(decode(s.serial, 'hex')), 'hex'), t.key_algorithm,
        s.at - interval '5 minutes', s.at + interval '90 days', s.at,
        overlay(t.der placing decode(s.serial, 'hex') from {place} for 20), t.crl_shard
      from (select i, {serial} as serial, (i * {stride}) % {services} as service,
          date_trunc('milliseconds', now() - interval '850 days' * (1 - (i + 1)::float8 / {many}))
            as at
        from generate_series(0::bigint, {many} - 1) i) s
      cross join (select * from certificate where serial = '{template}') t
      """;

  private static final String ENTRIES =
      """
      insert into ledger_entry (at, kind, actor, organization, subject, body, hash)
      select now() - interval '1 day', 'CERTIFICATE_ISSUED', 'bench', 'demo', {serial},
        '{}'::bytea, sha256('{}'::bytea)
      from generate_series(0::bigint, {many} - 1) i
      """;

  private final Connection connection;
  private final IssuedCertificate template;
  private final long many;
  private final Consumer<String> progress;

  GrowSeeding(
      Connection connection, IssuedCertificate template, long many, Consumer<String> progress) {
    this.connection = connection;
    this.template = template;
    this.many = many;
    this.progress = progress;
  }

  static long services(long many) {
    return Math.max(1, many / RENEWALS);
  }

  static String name(long service) {
    return "dns:s-" + service + ".internal.test";
  }

  /** The second name of every fourth service. */
  static String otherName(long service) {
    return "dns:s-" + service + ".bench-" + (1 + service % ORGANIZATIONS) + ".internal.test";
  }

  static String key(long i) {
    return Thumbprint.of(HexFormat.of().parseHex(Serials.hex(i))).hex();
  }

  /** Fills the book, unless its last certificate is there. */
  void fill() {
    try {
      if (isThere()) {
        return;
      }
      // One transaction: whoever is interrupted finds table and indexes where they were.
      connection.setAutoCommit(false);
      execute("set local maintenance_work_mem = '512MB'");
      execute(
          "insert into organization select 'bench-' || g, 'Bench ' || g, '', '{}', '{}', null,"
              + " now() from generate_series(1, "
              + ORGANIZATIONS
              + ") g on conflict do nothing");
      List<String> anew = new ArrayList<>(indexes("certificate"));
      anew.addAll(indexes("ledger_entry"));
      names(anew).forEach(name -> execute("drop index " + name));
      execute("alter table certificate drop constraint certificate_pkey cascade");
      timed("certificates", () -> execute(filled(CERTIFICATES)));
      execute("alter table ledger_entry disable trigger ledger_await_leaf");
      timed("entries on the roll", () -> execute(filled(ENTRIES)));
      execute("alter table ledger_entry enable trigger ledger_await_leaf");
      timed("key", () -> execute("alter table certificate add primary key (serial)"));
      execute("alter table responder add foreign key (serial) references certificate (serial)");
      anew.forEach(index -> timed(name(index), () -> execute(index)));
      connection.commit();
      connection.setAutoCommit(true);
      timed("vacuum analyze", () -> execute("vacuum analyze"));
    } catch (SQLException failed) {
      throw broken(failed);
    }
  }

  private String filled(String sql) {
    return sql.replace("{before}", Serials.SQL.replace("|| i,", "|| (s.i - {services}),"))
        .replace("{serial}", Serials.SQL)
        .replace("{organizations}", String.valueOf(ORGANIZATIONS))
        .replace("{services}", String.valueOf(services(many)))
        .replace("{stride}", String.valueOf(STRIDE))
        .replace("{many}", String.valueOf(many))
        .replace("{template}", template.serial().hex())
        .replace("{place}", String.valueOf(Seeding.serialAt(template) + 1));
  }

  private boolean isThere() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select exists (select from certificate where serial = '"
                    + Serials.hex(many - 1)
                    + "')")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Definitions of the indexes that no constraint keeps. */
  private List<String> indexes(String table) throws SQLException {
    List<String> definitions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select indexdef from pg_indexes where schemaname = 'public' and tablename = '"
                    + table
                    + "' and indexname not like '%pkey'")) {
      while (rows.next()) {
        definitions.add(rows.getString(1));
      }
    }
    return definitions;
  }

  private static List<String> names(List<String> definitions) {
    return definitions.stream().map(GrowSeeding::name).toList();
  }

  private static String name(String definition) {
    return definition.replaceFirst("CREATE (UNIQUE )?INDEX (\\w+) .*", "$2");
  }

  private void timed(String what, Runnable step) {
    long start = System.nanoTime();
    step.run();
    progress.accept("seeding: %s, %.1f s".formatted(what, (System.nanoTime() - start) / 1e9));
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
