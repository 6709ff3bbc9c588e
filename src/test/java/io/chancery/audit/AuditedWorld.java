package io.chancery.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Sha256;
import io.chancery.audit.report.Progress;
import io.chancery.audit.report.Report;
import io.chancery.audit.rows.Connections;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A book of some hundred certificates, written once and cloned for every attack. */
final class AuditedWorld {
  static final int CERTIFICATES = 600;

  private final TestPostgres.Database database;
  private final Path copy;

  private AuditedWorld(TestPostgres.Database database, Path copy) {
    this.database = database;
    this.copy = copy;
  }

  /** What every clone is made from; its log's key signs for all of them. */
  private record Original(TestPostgres.Database database, Path copy, NoteSigner signer) {
    static final Original WRITTEN = write();

    private static Original write() {
      try {
        Path folder = Files.createDirectories(Path.of("target", "audited-world"));
        Path copy = Files.createTempDirectory(folder, "copy");
        TestPostgres.Database database = TestPostgres.freshDatabase();
        return new Original(database, copy, WrittenBook.write(database, copy, CERTIFICATES));
      } catch (Exception cannot) {
        throw new IllegalStateException(cannot);
      }
    }
  }

  /** Whole and sound; the attack is the test's. */
  static AuditedWorld clone(Path folder) throws Exception {
    Original original = Original.WRITTEN;
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(original.copy())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(original.copy().relativize(file).toString()));
      }
    }
    return new AuditedWorld(TestPostgres.copyOf(original.database()), copy);
  }

  static NoteSigner signer() {
    return Original.WRITTEN.signer();
  }

  TestPostgres.Database database() {
    return database;
  }

  Path copy() {
    return copy;
  }

  Path file(String path) {
    Path file = copy.resolve(path);
    assertThat(file).exists();
    return file;
  }

  /** Copy and database, as an auditor who has the log's key. */
  Report audit() {
    return audit(Optional.of(copy), Optional.of(database::connect));
  }

  Report auditDatabaseAlone() {
    return audit(Optional.empty(), Optional.of(database::connect));
  }

  Report auditCopyAlone() {
    return audit(Optional.of(copy), Optional.empty());
  }

  private static Report audit(Optional<Path> copy, Optional<Connections> database) {
    return audit(copy, database, List.of(), 0);
  }

  static Report audit(
      Optional<Path> copy, Optional<Connections> database, List<NoteKey> witnesses, int quorum) {
    Audit.Subject subject =
        new Audit.Subject(copy, database, signer().key(), witnesses, quorum, 100);
    return new Audit(subject, new Progress(), InstantSource.system()).run();
  }

  /** As the database's owner, who can switch every trigger off. */
  int sql(String statement, Object... values) {
    try (Connection connection = database.connect();
        Statement triggers = connection.createStatement()) {
      for (String table : List.of("ledger_entry", "ledger_leaf", "blocked_key")) {
        triggers.execute("alter table " + table + " disable trigger all".replace("all", "user"));
      }
      try (PreparedStatement one = connection.prepareStatement(statement)) {
        for (int i = 0; i < values.length; i++) {
          one.setObject(i + 1, values[i]);
        }
        return one.executeUpdate();
      }
    } catch (SQLException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  String text(String query, Object... values) {
    try (Connection connection = database.connect();
        PreparedStatement one = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        one.setObject(i + 1, values[i]);
      }
      try (ResultSet row = one.executeQuery()) {
        assertThat(row.next()).as(query).isTrue();
        return String.valueOf(row.getString(1));
      }
    } catch (SQLException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** The leaf of the n-th entry of a kind. */
  long leaf(EventKind kind, int n) {
    return Long.parseLong(
        text(
            "select leaf_index from ledger_leaf join ledger_entry on id = entry where kind = ?"
                + " order by leaf_index offset ? limit 1",
            kind.name(),
            n));
  }

  String subject(long leaf) {
    return text(
        "select subject from ledger_leaf join ledger_entry on id = entry where leaf_index = ?",
        leaf);
  }

  /** The leaf of a serial's entry of a kind. */
  long leafOf(EventKind kind, String serial) {
    return Long.parseLong(
        text(
            "select leaf_index from ledger_leaf join ledger_entry on id = entry where kind = ?"
                + " and subject = ?",
            kind.name(),
            serial));
  }

  byte[] body(long leaf) {
    return java.util.HexFormat.of()
        .parseHex(
            text(
                "select encode(body, 'hex') from ledger_leaf join ledger_entry on id = entry"
                    + " where leaf_index = ?",
                leaf));
  }

  /** The same event with one fact changed, well formed, with the right hash. */
  byte[] edited(long leaf, String fact, String value) {
    Event event = Event.parse(body(leaf));
    Map<String, String> facts = new TreeMap<>(event.facts());
    facts.put(fact, value);
    return new Event(
            event.at(), event.kind(), event.actor(), event.organization(), event.subject(), facts)
        .body();
  }

  void rewrite(long leaf, byte[] body) {
    assertThat(
            sql(
                "update ledger_entry set body = ?, hash = ? where id ="
                    + " (select entry from ledger_leaf where leaf_index = ?)",
                body,
                Sha256.digest().digest(body),
                leaf))
        .isOne();
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
