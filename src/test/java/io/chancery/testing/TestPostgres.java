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
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The real PostgreSQL for integration tests: one server a JVM under {@code target/}, started at
 * first use and stopped at the JVM's end, and as many empty databases as tests ask for.
 */
public final class TestPostgres {
  private static final int SIDE_BY_SIDE = 8;

  /** Where this JVM has its server: each authority's class loader has a class like this one. */
  private static final String FOLDER = "io.chancery.testing.postgres";

  private TestPostgres() {}

  /** A database that nobody else uses; {@code toString} keeps the password to itself. */
  public record Database(String jdbcUrl, String user, String password) {
    /** As the service enters it: with the role that owns nothing. */
    public DatabaseAccess access() {
      return Server.RUNNING.access(name());
    }

    private String name() {
      return jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1);
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
    return databaseLike("template0");
  }

  /** A database with what is in this one, which nobody may be connected to. */
  public static Database copyOf(Database original) {
    return databaseLike(original.name());
  }

  private static Database databaseLike(String template) {
    String name = "test_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    try (Connection connection = database("chancery").connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
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
      synchronized (FOLDER) { // the same for all class loaders
        String running = System.getProperty(FOLDER);
        return running == null ? first() : FastPostgres.running(Path.of(running));
      }
    }

    private static FastPostgres first() {
      for (int number = 0; number < SIDE_BY_SIDE; number++) {
        try {
          Path folder = Path.of("target/test-postgres/" + number).toAbsolutePath();
          FastPostgres server = FastPostgres.start(folder);
          System.setProperty(FOLDER, folder.toString());
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
