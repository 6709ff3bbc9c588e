package io.chancery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.ConfigProvider;

/** While it is open, the {@link World}'s database takes nobody and has thrown everybody out. */
public final class Outage implements AutoCloseable {
  private final String name;

  private Outage(String name) {
    this.name = name;
  }

  public static Outage ofTheDatabase() {
    String url = setting("quarkus.datasource.jdbc.url");
    Outage outage = new Outage(url.substring(url.lastIndexOf('/') + 1));
    outage.run("alter database " + outage.name + " allow_connections false");
    try {
      // A worker of autovacuum is nobody who was let in, and not the owner's to throw out.
      outage.run(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where backend_type = 'client backend' and datname = '"
              + outage.name
              + "'");
    } catch (RuntimeException cannot) {
      outage.close(); // or the tests after this one find no database
      throw cannot;
    }
    return outage;
  }

  @Override
  public void close() {
    run("alter database " + name + " allow_connections true");
  }

  private void run(String sql) {
    String url = setting("quarkus.datasource.jdbc.url");
    try (Connection connection =
            DriverManager.getConnection(
                url.substring(0, url.lastIndexOf('/')) + "/chancery",
                setting("chancery.database.owner"),
                Files.readString(Path.of(setting("chancery.database.owner-password-file")))
                    .strip());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException cannot) {
      throw new IllegalStateException(cannot);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }
}
