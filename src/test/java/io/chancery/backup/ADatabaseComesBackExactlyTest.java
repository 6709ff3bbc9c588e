package io.chancery.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import io.chancery.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ADatabaseComesBackExactlyTest {
  private static final int CERTIFICATES = 2000;

  @TempDir Path folder;
  private TestPostgres.Database source;
  private Protection protection;
  private Unlocking key;
  private Path file;

  @BeforeEach
  void aBackup() throws Exception {
    source = BookForBackup.filled(CERTIFICATES);
    protection = BookForBackup.ecRecipient(folder);
    key = BookForBackup.key(folder, "ec");
    file = folder.resolve("book.cms");
  }

  @Test
  void intoAnEmptyDatabase() throws Exception {
    Summary made = BookForBackup.make(source, protection, file);
    assertThat(made.rows()).isGreaterThan(2 * CERTIFICATES);
    assertThat(made.ledgerSize()).isEqualTo(CERTIFICATES);
    assertThat(made.papers()).isEqualTo(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    TestPostgres.Database target = TestPostgres.freshDatabase();
    BookForBackup.restore(file, key, target, Restoration.Existing.REFUSE);
    assertThat(BookForBackup.contents(target)).isEqualTo(BookForBackup.contents(source));
  }

  @Test
  void itsTriggersAndIdentitiesWorkAsBefore() throws Exception {
    BookForBackup.make(source, protection, file);
    TestPostgres.Database target = TestPostgres.freshDatabase();
    BookForBackup.restore(file, key, target, Restoration.Existing.REFUSE);
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> statement.execute("delete from ledger_entry")))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("append-only");
      long last = new Sql(connection).number("select max(id) from ledger_entry");
      assertThat(
              new Sql(connection)
                  .number(
                      "insert into ledger_entry (at, kind, actor, organization, subject, body,"
                          + " hash) values (now(), 'X', '', '', '', '{}', sha256('')) returning id"))
          .isEqualTo(last + 1);
    }
  }

  @Test
  void overAnotherOneOnlyWhenAskedTo() throws Exception {
    BookForBackup.make(source, protection, file);
    TestPostgres.Database target = BookForBackup.filled(30);
    try (Connection connection = target.connect()) {
      new Sql(connection)
          .run(
              "create view names as select subject from certificate; create type colour as enum"
                  + " ('red'); create table extra (c colour); create sequence s");
    }
    Map<String, String> before = BookForBackup.contents(target);
    Failure refused =
        Refusals.of(() -> BookForBackup.restore(file, key, target, Restoration.Existing.REFUSE));
    assertThat(refused).isInstanceOf(Failure.Conflict.class);
    assertThat(refused.remedy()).contains("--replace");
    assertThat(BookForBackup.contents(target)).isEqualTo(before);

    BookForBackup.restore(file, key, target, Restoration.Existing.REPLACE);
    assertThat(BookForBackup.contents(target)).isEqualTo(BookForBackup.contents(source));
  }

  @Test
  void anEmptyServicesDatabaseComesBackAsWell() throws Exception {
    TestPostgres.Database empty = BookForBackup.migrated();
    BookForBackup.make(empty, protection, file);
    TestPostgres.Database target = TestPostgres.freshDatabase();
    BookForBackup.restore(file, key, target, Restoration.Existing.REFUSE);
    assertThat(BookForBackup.contents(target)).isEqualTo(BookForBackup.contents(empty));
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    Files.writeString(file, "mine");
    assertThat(Refusals.of(() -> BookForBackup.make(source, protection, file)))
        .isInstanceOf(Failure.Conflict.class);
    assertThat(file).hasContent("mine");
    try (var files = Files.list(folder)) {
      assertThat(files.filter(it -> it.toString().endsWith(".unfinished"))).isEmpty();
    }
  }

  @Test
  void aDatabaseOfSomethingElseIsRefused() {
    TestPostgres.Database foreign = TestPostgres.freshDatabase();
    assertThat(Refusals.of(() -> BookForBackup.make(foreign, protection, file)).detail())
        .contains("is none of Chancery");
    assertThat(file).doesNotExist();
  }
}
