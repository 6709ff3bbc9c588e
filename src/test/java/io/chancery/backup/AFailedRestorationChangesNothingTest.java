package io.chancery.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import io.chancery.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AFailedRestorationChangesNothingTest {
  @TempDir Path folder;
  private Protection protection;
  private Unlocking key;
  private Path file;
  private TestPostgres.Database source;
  private TestPostgres.Database target;
  private Map<String, String> before;

  @BeforeEach
  void twoBooks() throws Exception {
    source = BookForBackup.filled(50);
    target = BookForBackup.filled(20);
    before = BookForBackup.contents(target);
    protection = BookForBackup.ecRecipient(folder);
    key = BookForBackup.key(folder, "ec");
    file = folder.resolve("book.cms");
  }

  @Test
  void aRowThatTheTablesRefuse() throws Exception {
    change(
        "alter table status_change drop constraint status_change_pkey;"
            + " insert into status_change (id, issuer, serial, version, at) overriding system value"
            + " select id, issuer, serial, version, at from status_change");
    assertRefused(Failure.Misconfigured.class, "table status_change");
  }

  @Test
  void aFileThatChangesBetweenCheckAndUse() throws Exception {
    BookForBackup.make(source, protection, file);
    Restoration restoration = Restoration.of(file, key, BookForBackup.CLOCK, step -> {});
    byte[] octets = Files.readAllBytes(file);
    octets[octets.length - 10] ^= 1;
    Files.write(file, octets);
    try (Connection connection = target.connect()) {
      assertThat(Refusals.of(() -> restoration.into(connection, Restoration.Existing.REPLACE)))
          .isInstanceOf(Failure.Malformed.class);
    }
    assertThat(BookForBackup.contents(target)).isEqualTo(before);
  }

  @Test
  void aSchemaOfANewerProgram() throws Exception {
    change(
        "insert into flyway_schema_history values (99, '99', 'later', 'SQL', 'V99__later.sql', 1,"
            + " 'x', now(), 1, true)");
    assertRefused(Failure.Refused.class, "schema version 99");
  }

  @Test
  void aSchemaOfAnotherBuild() throws Exception {
    change("update flyway_schema_history set checksum = 7 where version = '1'");
    assertRefused(Failure.Refused.class, "another build");
  }

  @Test
  void aTableThatIsNotOurs() throws Exception {
    change("create table notes (text text)");
    assertRefused(Failure.Refused.class, "table notes");
  }

  @Test
  void anotherAuthority() throws Exception {
    BookForBackup.make(source, protection, file);
    Restoration restoration = Restoration.of(file, key, BookForBackup.CLOCK, step -> {});
    restoration.mustBeOf(Map.of());
    restoration.mustBeOf(Map.of("issuing", "ab".repeat(32), "new", "ef".repeat(32)));
    assertThat(Refusals.of(() -> restoration.mustBeOf(Map.of("issuing", "cd".repeat(32)))))
        .isInstanceOfSatisfying(
            Failure.Refused.class, it -> assertThat(it.rule()).isEqualTo("backup-authority"));
  }

  private void change(String sql) throws Exception {
    try (Connection connection = source.connect()) {
      new Sql(connection).run(sql);
    }
    BookForBackup.make(source, protection, file);
  }

  private void assertRefused(Class<? extends Failure> kind, String detail) throws Exception {
    Failure failure =
        Refusals.of(() -> BookForBackup.restore(file, key, target, Restoration.Existing.REPLACE));
    assertThat(failure).isInstanceOf(kind);
    assertThat(failure.detail()).contains(detail);
    assertThat(BookForBackup.contents(target)).isEqualTo(before);
  }
}
