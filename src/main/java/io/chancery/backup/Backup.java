package io.chancery.backup;

import io.chancery.Failure;
import io.chancery.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes a backup: one file, encrypted, and checked before it gets its name. */
public final class Backup {
  private static final int BUFFER = 262_144;

  private final SecureRandom random;
  private final InstantSource clock;
  private final Consumer<String> progress;

  public Backup(SecureRandom random, InstantSource clock, Consumer<String> progress) {
    this.random = random;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Writes what the database holds at one moment, and the papers, to {@code target}. The service
   * may run meanwhile. A crash leaves a file of another name, which is no backup.
   */
  public Summary make(Connection database, List<Paper> papers, Protection protection, Path target) {
    mustBeNew(target);
    try {
      Path fresh = newFile(target);
      try {
        Envelope envelope = Envelope.of(protection, random);
        Manifest written = write(database, papers, envelope, fresh);
        progress.accept("checking what was written");
        BackupFile.Found found =
            new BackupFile(fresh, envelope.unlocking()).read(ArchiveReader.TableSink.NOWHERE);
        if (!found.manifest().equals(written)) {
          throw new Failure.BrokenPromise("backup " + target, "its manifest").thrown();
        }
        mustBeNew(target);
        Files.move(fresh, target);
        force(folder(target));
        return Summary.of(target, found);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              target.toString(),
              "cannot be written: " + cannot.getMessage(),
              "look at the space and the permissions there")
          .because(cannot);
    } catch (SQLException cannot) {
      throw new Failure.Misconfigured(
              "the database", "cannot be read: " + cannot.getMessage(), "try again")
          .because(cannot);
    }
  }

  /** Reads a backup to its end and holds it against its manifest. */
  public static Summary check(Path file, Unlocking unlocking) {
    return Summary.of(file, new BackupFile(file, unlocking).read(ArchiveReader.TableSink.NOWHERE));
  }

  private Manifest write(Connection database, List<Paper> papers, Envelope envelope, Path fresh)
      throws IOException, SQLException {
    try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(java.nio.channels.Channels.newOutputStream(file), BUFFER);
      Manifest manifest;
      // Closing the archive ends the message; its last octets are the proof of all before.
      try (ArchiveWriter archive = new ArchiveWriter(envelope.seal(out), clock.instant())) {
        manifest = write(database, papers, archive);
      }
      out.flush();
      file.force(true);
      return manifest;
    }
  }

  /** Everything in one transaction, which sees the database as it was at one moment. */
  private Manifest write(Connection database, List<Paper> papers, ArchiveWriter archive)
      throws IOException, SQLException {
    database.setAutoCommit(false);
    database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    database.setReadOnly(true);
    try {
      Sql sql = new Sql(database);
      sql.settle();
      Catalogue catalogue = new Catalogue(sql);
      List<Manifest.Migration> schema = catalogue.schema();
      Map<String, String> hashes = new TreeMap<>();
      for (Paper paper : papers) {
        archive.paper(paper);
        hashes.put(paper.name(), hash(paper));
      }
      List<Manifest.Table> tables = tables(database, catalogue, archive);
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              clock.instant().toString(),
              catalogue.postgresql(),
              schema,
              catalogue.ledger(),
              catalogue.issuers(),
              tables,
              // Sequences stand outside of transactions: read last, they are never behind the rows.
              catalogue.sequences(),
              hashes);
      archive.manifest(manifest);
      return manifest;
    } finally {
      database.rollback();
      database.setReadOnly(false);
      database.setAutoCommit(true);
    }
  }

  private List<Manifest.Table> tables(
      Connection database, Catalogue catalogue, ArchiveWriter archive)
      throws IOException, SQLException {
    TableCopy copy = new TableCopy(database);
    Ticker ticker = new Ticker(progress, clock);
    List<Manifest.Table> tables = new ArrayList<>();
    for (Catalogue.Shape table : catalogue.tables()) {
      TableDigest.Digest digest = copy.read(table, ticker, row -> archive.row(table.name(), row));
      archive.endTable(table.name());
      tables.add(new Manifest.Table(table.name(), table.columns(), digest));
      if (digest.rows() > 0) {
        progress.accept("  %s: %,d rows".formatted(table.name(), digest.rows()));
      }
    }
    return tables;
  }

  private static String hash(Paper paper) {
    return Sha256.hex(paper.octets());
  }

  private static void mustBeNew(Path target) {
    if (Files.exists(target)) {
      throw new Failure.Conflict(
              target.toString(), "is there already", "choose another name, or move that one away")
          .thrown();
    }
  }

  private static Path newFile(Path target) throws IOException {
    Path fresh =
        Files.createTempFile(
            folder(target),
            "." + target.getFileName() + ".",
            ".unfinished",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    fresh.toFile().deleteOnExit();
    return fresh;
  }

  private static Path folder(Path target) {
    return Optional.ofNullable(target.toAbsolutePath().getParent()).orElse(target);
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
