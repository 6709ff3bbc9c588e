package io.chancery.backup;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database back as a backup holds it. The file is read twice: first to decrypt and check
 * all of it, then, in one transaction, to fill the database. Until that ends the database is as it
 * was.
 */
public final class Restoration {
  /** What to do with what the database holds. */
  public enum Existing {
    REFUSE,
    REPLACE
  }

  private final BackupFile file;
  private final BackupFile.Found found;
  private final Migrations migrations;
  private final InstantSource clock;
  private final Consumer<String> progress;

  private Restoration(
      BackupFile file, BackupFile.Found found, InstantSource clock, Consumer<String> progress) {
    this.file = file;
    this.found = found;
    this.migrations = Migrations.of("backup " + file.path(), found.manifest().schema());
    this.clock = clock;
    this.progress = progress;
  }

  /** Decrypts and checks the whole file; no database is needed for that. */
  public static Restoration of(
      Path path, Unlocking unlocking, InstantSource clock, Consumer<String> progress) {
    BackupFile file = new BackupFile(path, unlocking);
    progress.accept("checking " + path);
    return new Restoration(file, file.read(ArchiveReader.TableSink.NOWHERE), clock, progress);
  }

  public Summary summary() {
    return Summary.of(file.path(), found);
  }

  /** Refuses where an issuer of {@code authority} has another certificate in the backup's book. */
  public void mustBeOf(Map<String, String> authority) {
    found
        .manifest()
        .issuers()
        .forEach(
            (issuer, certificate) -> {
              if (!authority.getOrDefault(issuer, certificate).equals(certificate)) {
                throw new Failure.Refused(
                        "backup-authority",
                        "the backup is of another authority: its issuer "
                            + issuer
                            + " has the certificate "
                            + certificate,
                        "restore it where that authority's keys are, or give its authority.yaml"
                            + " with --authority")
                    .thrown();
              }
            });
  }

  /** All of it or nothing. */
  public void into(Connection database, Existing existing) {
    Refill refill = new Refill(database, found.manifest().tables(), new Ticker(progress, clock));
    try {
      database.setAutoCommit(false);
      try {
        restore(new Sql(database), existing, refill);
        database.commit();
      } finally {
        refill.abandon();
        database.rollback();
        database.setAutoCommit(true);
      }
    } catch (SQLException refused) {
      throw refusedByDatabase("", refused);
    } catch (FlywayException refused) {
      throw refusedByDatabase("", refused);
    }
    analyze(database);
  }

  static PkiException refusedByDatabase(String table, Exception refused) {
    String where = table.isEmpty() ? "" : "table " + table + ": ";
    String why = String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
    return new Failure.Misconfigured(
            "the database",
            where + "the restoration was refused and nothing was changed: " + why,
            "look at the rights of the role and the space of the server")
        .because(refused);
  }

  private void restore(Sql sql, Existing existing, Refill refill) throws SQLException {
    Manifest manifest = found.manifest();
    sql.settle();
    OldContent old = new OldContent(sql);
    switch (existing) {
      case REFUSE -> old.mustBeNone();
      case REPLACE -> old.drop(progress);
    }
    progress.accept("making the tables of schema version " + manifest.schemaVersion());
    migrations.run(sql.connection());
    sql.settle(); // what ran the migrations has its own settings

    Catalogue catalogue = new Catalogue(sql);
    List<Catalogue.Shape> tables = catalogue.tables();
    mustBeTheSchemaOf(manifest, catalogue.schema(), tables);
    String all = String.join(", ", tables.stream().map(it -> Sql.quoted(it.name())).toList());
    // Triggers saw these rows once already, and what they wrote then is in the backup itself.
    for (Catalogue.Shape table : tables) {
      sql.run("alter table " + Sql.quoted(table.name()) + " disable trigger user");
    }
    sql.run("truncate " + all);
    fill(refill);
    for (Catalogue.Shape table : tables) {
      sql.run("alter table " + Sql.quoted(table.name()) + " enable trigger user");
    }
    for (Map.Entry<String, Long> sequence : manifest.sequences().entrySet()) {
      sql.number(
          "select setval('public.%s'::regclass, %d)"
              .formatted(Sql.quoted(sequence.getKey()).replace("'", "''"), sequence.getValue()));
    }
    mustHaveArrived(sql, manifest, tables);
  }

  private void fill(Refill refill) {
    progress.accept("filling them");
    BackupFile.Found again = file.read(refill);
    if (!again.sha256().equals(found.sha256())) {
      throw new Failure.Conflict(
              file.path().toString(),
              "was changed while it was read",
              "leave the file alone and try again")
          .thrown();
    }
  }

  private void mustBeTheSchemaOf(
      Manifest manifest, List<Manifest.Migration> made, List<Catalogue.Shape> tables) {
    if (!sameMigrations(made, manifest.schema())) {
      throw new Failure.Refused(
              "backup-schema",
              "the backup's tables were made by migrations of another build of Chancery",
              "restore with the version that made it")
          .thrown();
    }
    for (Manifest.Table table : manifest.tables()) {
      if (!tables.contains(new Catalogue.Shape(table.name(), table.columns()))) {
        throw new Failure.Refused(
                "backup-schema",
                "the backup's table " + table.name() + " is not as Chancery makes it",
                "keep tables that are not Chancery's in another schema than public")
            .thrown();
      }
    }
  }

  private static boolean sameMigrations(
      List<Manifest.Migration> made, List<Manifest.Migration> wanted) {
    return made.size() == wanted.size()
        && IntStream.range(0, made.size()).allMatch(i -> made.get(i).sameAs(wanted.get(i)));
  }

  /** Reads every table again: the same rows, whatever their order. */
  private void mustHaveArrived(Sql sql, Manifest manifest, List<Catalogue.Shape> tables)
      throws SQLException {
    progress.accept("checking what arrived");
    TableCopy copy = new TableCopy(sql.connection());
    Ticker ticker = new Ticker(progress, clock);
    TableDigest.Digest nothing = new TableDigest().end();
    for (Catalogue.Shape table : tables) {
      TableDigest.Digest wanted =
          manifest.table(table.name()).map(Manifest.Table::data).orElse(nothing);
      try {
        if (!copy.read(table, ticker, row -> {}).sameRows(wanted)) {
          throw new Failure.BrokenPromise("table " + table.name(), "its rows").thrown();
        }
      } catch (IOException impossible) {
        throw new IllegalStateException("nothing is written", impossible);
      }
    }
  }

  /** The planner's figures; a restoration without them is whole as well. */
  private void analyze(Connection database) {
    try {
      new Sql(database).run("analyze");
    } catch (SQLException later) {
      progress.accept("the statistics are left to autovacuum: " + later.getMessage());
    }
  }
}
