package io.chancery.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While it is made a writer goes on: each of its transactions is in it whole or not at all. */
class ABackupHoldsOneMomentTest {
  @TempDir Path folder;

  @Test
  void whileRowsAreWrittenInPairs() throws Exception {
    TestPostgres.Database source = BookForBackup.filled(3000);
    Path file = folder.resolve("book.cms");
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger pairs = new AtomicInteger();
    try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
      Future<?> writer = beside.submit(() -> writePairs(source, pairs, enough));
      try {
        while (pairs.get() < 20) {
          Thread.onSpinWait();
        }
        int before = pairs.get();
        BookForBackup.make(source, BookForBackup.ecRecipient(folder), file);
        assertThat(pairs.get()).as("pairs written meanwhile").isGreaterThan(before);
      } finally {
        enough.set(true);
      }
      writer.get();
    }
    TestPostgres.Database target = TestPostgres.freshDatabase();
    BookForBackup.restore(
        file, BookForBackup.key(folder, "ec"), target, Restoration.Existing.REFUSE);
    try (Connection connection = target.connect()) {
      Sql sql = new Sql(connection);
      long alerts = sql.number("select count(*) from alert");
      assertThat(alerts).isBetween(20L, (long) pairs.get());
      assertThat(sql.number("select count(*) from status_change where issuer = 'pair'"))
          .isEqualTo(alerts);
      assertThat(
              sql.number(
                  "insert into status_change (issuer, serial, version, at) values ('x', '00', 1,"
                      + " now()) returning id"))
          .isGreaterThan(sql.number("select max(id) from status_change where issuer = 'pair'"));
    }
  }

  private static Object writePairs(
      TestPostgres.Database source, AtomicInteger pairs, AtomicBoolean enough) throws SQLException {
    try (Connection connection = source.connect()) {
      connection.setAutoCommit(false);
      while (!enough.get()) {
        new Sql(connection)
            .run(
                """
                insert into alert values (gen_random_uuid(), gen_random_uuid()::text, 'pair',
                  'INFO', 'demo', null, '', null, now(), null);
                insert into status_change (issuer, serial, version, at)
                  values ('pair', '00', 1, now())
                """);
        connection.commit();
        pairs.incrementAndGet();
      }
    }
    return pairs;
  }
}
