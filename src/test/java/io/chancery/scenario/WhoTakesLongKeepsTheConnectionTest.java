package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * The pulse breaks connections on which an answer was lost (docs/adr/0026). It lets those be on
 * which the database works, somebody here thinks, or listens. The other half is shown where answers
 * are lost: {@code DatabaseFaultsTest}.
 */
@QuarkusTest
@WithTestResource(World.class)
class WhoTakesLongKeepsTheConnectionTest {
  /** Twice as long as both looks together take. */
  private static final Duration LONG = Duration.ofSeconds(8);

  @Inject AgroalDataSource pool;

  private interface Pastime {
    void spend(Connection connection) throws SQLException, InterruptedException;
  }

  @Test
  void whateverTakesIt() throws Exception {
    List<Pastime> all =
        List.of(
            connection -> say(connection, "select pg_sleep(" + LONG.toSeconds() + ")"),
            connection -> {
              say(connection, "begin");
              Thread.sleep(LONG);
              say(connection, "commit");
            },
            // Not within a transaction: there the driver does not wait for notifications.
            connection -> {
              say(connection, "listen nobody_speaks_here");
              connection
                  .unwrap(PGConnection.class)
                  .getNotifications(Math.toIntExact(LONG.toMillis()));
              say(connection, "unlisten *");
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> sameBackend =
          all.stream().<Callable<Integer>>map(one -> () -> during(one)).toList();
      for (Future<Integer> one : threads.invokeAll(sameBackend)) {
        assertThat(one.get()).isPositive();
      }
    }
  }

  /** Throws where the connection was broken meanwhile. */
  private int during(Pastime pastime) throws SQLException, InterruptedException {
    try (Connection connection = pool.getConnection()) {
      int before = say(connection, "select pg_backend_pid()");
      long start = System.nanoTime();
      pastime.spend(connection);
      // A driver's timer may be early by a millisecond.
      assertThat(System.nanoTime() - start).isGreaterThan(LONG.minusSeconds(1).toNanos());
      assertThat(say(connection, "select pg_backend_pid()")).isEqualTo(before);
      return before;
    }
  }

  private static int say(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return 0;
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return sql.contains("pg_backend_pid") ? rows.getInt(1) : 0;
      }
    }
  }
}
