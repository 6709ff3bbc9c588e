package io.chancery.audit;

import io.chancery.audit.report.Progress;
import io.chancery.audit.report.Report;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Measures the audit of a large roll by hand; see docs/ledger-verification.md. {@code write FOLDER
 * CERTIFICATES} makes book and copy and then waits, with its database running; {@code audit FOLDER}
 * in another JVM, with as little memory as is to be tried, reads them.
 */
final class MillionEntries {
  private MillionEntries() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("write")) {
      write(folder, Integer.parseInt(arguments[2]));
    } else {
      audit(folder);
    }
  }

  private static void write(Path folder, int certificates) throws Exception {
    Files.createDirectories(folder);
    TestPostgres.Database database = TestPostgres.freshDatabase();
    long start = System.nanoTime();
    NoteSigner signer = WrittenBook.write(database, folder.resolve("copy"), certificates);
    Files.writeString(folder.resolve("vkey"), signer.key().vkey());
    Files.write(
        folder.resolve("database"),
        List.of(database.jdbcUrl(), database.user(), database.password()));
    System.out.println("written in " + (System.nanoTime() - start) / 1_000_000_000 + " s");
    System.in.read();
  }

  private static void audit(Path folder) throws Exception {
    List<String> access = Files.readAllLines(folder.resolve("database"));
    Audit.Subject subject =
        new Audit.Subject(
            Optional.of(folder.resolve("copy")),
            Optional.of(
                () -> DriverManager.getConnection(access.get(0), access.get(1), access.get(2))),
            io.chancery.ledger.note.NoteKey.parse(Files.readString(folder.resolve("vkey"))),
            List.of(),
            0,
            100);
    Report report = new Audit(subject, new Progress(), InstantSource.system()).run();
    report.facts().forEach((name, value) -> System.out.println(name + ": " + value));
    report.findings().forEach(System.out::println);
    System.out.println(report.counts() + " in " + report.took());
  }
}
