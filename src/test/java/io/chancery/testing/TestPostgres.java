package io.chancery.testing;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.cli.local.DatabaseAccess;
import io.chancery.cli.local.FastPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real PostgreSQL for integration tests: one server a JVM under {@code target/}, started at
 * first use and stopped at the JVM's end, and as many empty databases as tests ask for.
 */
public final class TestPostgres {
  private static final int SIDE_BY_SIDE = 8;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestPostgres() {}

  /** A database that nobody else uses; {@code toString} keeps the password to itself. */
  public record Database(String jdbcUrl, String user, String password) {
    /** As the service enters it: with the role that owns nothing. */
    public DatabaseAccess access() {
      return Server.RUNNING.access(jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1));
    }

    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, user, password);
    }

    @Override
    public String toString() {
      return "Database[" + jdbcUrl + "]";
    }
  }

  /** An empty database. */
  public static Database freshDatabase() {
    String name = "test_" + COUNT.incrementAndGet();
    try (Connection connection = database("chancery").connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE template0");
    } catch (SQLException cannot) {
      throw new IllegalStateException("no fresh database", cannot);
    }
    return database(name);
  }

  private static Database database(String name) {
    try {
      FastPostgres server = Server.RUNNING;
      return new Database(server.url(name), server.user(), server.password());
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** Started by the first test that asks. */
  private static final class Server {
    static final FastPostgres RUNNING = start();

    private static FastPostgres start() {
      for (int number = 0; number < SIDE_BY_SIDE; number++) {
        try {
          FastPostgres server = FastPostgres.start(Path.of("target/test-postgres/" + number));
          Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-test-postgres"));
          dropLeftovers(server);
          return server;
        } catch (PkiException taken) {
          if (!(taken.failure() instanceof Failure.Conflict)) {
            throw taken;
          }
        } catch (IOException | SQLException cannot) {
          throw new IllegalStateException("no PostgreSQL for tests", cannot);
        }
      }
      throw new IllegalStateException("too many test runs in this checkout");
    }

    private static void dropLeftovers(FastPostgres server) throws IOException, SQLException {
      try (Connection connection =
              DriverManager.getConnection(
                  server.url("chancery"), server.user(), server.password());
          Statement statement = connection.createStatement()) {
        List<String> old = new ArrayList<>();
        try (ResultSet names =
            statement.executeQuery("SELECT datname FROM pg_database WHERE datname ~ '^test_'")) {
          while (names.next()) {
            old.add(names.getString(1));
          }
        }
        for (String name : old) {
          statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
      }
    }
  }
}
