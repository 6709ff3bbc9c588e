package io.chancery.backup;

import io.chancery.testing.OpenSslTool;
import io.chancery.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;

/** A database with something in every corner, and the keys to back it up with. */
final class BookForBackup {
  static final InstantSource CLOCK = InstantSource.system();
  static final List<Paper> PAPERS =
      List.of(new Paper("authority/authority.yaml", "issuers: []\n".getBytes()));

  private BookForBackup() {}

  /** The schema of this program, and rows that are hard to carry. */
  static TestPostgres.Database filled(int certificates) throws SQLException {
    TestPostgres.Database database = migrated();
    try (Connection connection = database.connect()) {
      new Sql(connection)
          .run(
              """
              insert into organization values
                ('demo', E'D\\u00e9mo "quoted" \\t tab \\n line \\\\ back', 'a@b.test',
                 '{tls-server,"with, comma"}', '{}', null, '2026-01-02 03:04:05.678901+02'),
                ('gone', '', '', '{}', '{NULL-ish,"NULL"}', now(), now());
              insert into issuer values ('issuing', repeat('ab', 32), now());
              insert into certificate
                select lpad(to_hex(n), 40, '0'), 'issuing', 'tls-server', 'demo', 'token:x', '',
                  null, 'CN=' || n, array['dns:' || n || '.test'], md5(n::text), 'ec-p256', now(),
                  now() + interval '30 days', now(), sha256(n::text::bytea) || '\\x000a0d5c'::bytea,
                  case when n %% 5 = 0 then 'revoked' else 'good' end, n %% 5,
                  case when n %% 5 = 0 then now() end, case when n %% 5 = 0 then 1 end, null
                from generate_series(1, %d) n;
              insert into status_change (issuer, serial, version, at)
                select 'issuing', serial, 1, now() from certificate where status = 'revoked';
              insert into crl_series values ('issuing', 41, now());
              insert into ledger_entry (at, kind, actor, organization, subject, body, hash)
                select now(), 'CERTIFICATE_ISSUED', 'test', 'demo', serial, '{}', sha256(der)
                from certificate;
              delete from status_change where id = 1
              """
                  .formatted(certificates));
    }
    return database;
  }

  /** The tables as an empty service has them. */
  static TestPostgres.Database migrated() {
    TestPostgres.Database database = TestPostgres.freshDatabase();
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .load()
        .migrate();
    try (Connection connection = database.connect()) {
      // As the service's own start writes them.
      new Sql(connection)
          .run("update flyway_schema_history set script = 'db/migration/' || script");
    } catch (SQLException cannot) {
      throw new IllegalStateException(cannot);
    }
    return database;
  }

  static Backup backup() {
    return new Backup(new SecureRandom(), CLOCK, step -> {});
  }

  static Summary make(TestPostgres.Database database, Protection protection, Path target)
      throws SQLException {
    try (Connection connection = database.connect()) {
      return backup().make(connection, PAPERS, protection, target);
    }
  }

  static void restore(
      Path file, Unlocking unlocking, TestPostgres.Database target, Restoration.Existing existing)
      throws SQLException {
    Restoration restoration = Restoration.of(file, unlocking, CLOCK, step -> {});
    try (Connection connection = target.connect()) {
      restoration.into(connection, existing);
    }
  }

  /** Everything that a database consists of, in words that can be compared. */
  static Map<String, String> contents(TestPostgres.Database database) throws SQLException {
    Map<String, String> contents = new TreeMap<>();
    try (Connection connection = database.connect()) {
      Sql sql = new Sql(connection);
      for (String table :
          sql.texts("select tablename from pg_tables where schemaname = 'public'")) {
        contents.put(
            "rows of " + table,
            sql.text(
                "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by"
                    + " t::text)), '') from public."
                    + table
                    + " t"));
      }
      contents.put("sequences", sql.texts("select p::text from pg_sequences p order by 1") + "");
      contents.put(
          "columns",
          sql.texts(
                  "select table_name || '.' || column_name || ' ' || ordinal_position || ' ' ||"
                      + " data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')"
                      + " from information_schema.columns where table_schema = 'public' order by 1")
              + "");
      contents.put(
          "constraints",
          sql.texts(
                  "select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint"
                      + " where connamespace = 'public'::regnamespace order by 1")
              + "");
      contents.put(
          "indexes",
          sql.texts("select indexdef from pg_indexes where schemaname = 'public' order by 1") + "");
      contents.put(
          "triggers",
          sql.texts(
                  "select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from"
                      + " pg_trigger where not tgisinternal order by 1")
              + "");
    }
    return contents;
  }

  static Protection.ByPassphrase passphrase(Path folder) throws Exception {
    return new Protection.ByPassphrase(Passphrase.read(secret(folder)));
  }

  static Path secret(Path folder) throws Exception {
    return Files.writeString(folder.resolve("passphrase"), "correct horse äöü battery\n");
  }

  /** A recipient's {@code NAME.pem} and {@code NAME.key}; {@code kind} as openssl's -newkey. */
  static Protection recipient(Path folder, String name, String... kind) throws Exception {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "2"));
    arguments.addAll(List.of("-subj", "/CN=" + name, "-keyout", name + ".key"));
    arguments.addAll(List.of("-out", name + ".pem", "-newkey"));
    arguments.addAll(List.of(kind));
    new OpenSslTool(folder).mustRun(arguments.toArray(String[]::new));
    return Protection.ForRecipients.read(List.of(folder.resolve(name + ".pem")));
  }

  static Protection ecRecipient(Path folder) throws Exception {
    return recipient(folder, "ec", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
  }

  static Unlocking key(Path folder, String name) {
    return Unlocking.ByKey.read(folder.resolve(name + ".key"), Optional.empty());
  }
}
