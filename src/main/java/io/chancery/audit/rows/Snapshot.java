package io.chancery.audit.rows;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One state of the database, whatever the service writes meanwhile: every connection reads in a
 * repeatable-read transaction on the same snapshot.
 */
public final class Snapshot implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final Connections connections;
  private final List<Connection> open = new ArrayList<>();
  private final String name;

  /** A deed with the database; what it throws becomes one clear failure. */
  public interface Reading<T> {
    T read() throws SQLException;
  }

  public Snapshot(Connections connections) {
    this.connections = connections;
    this.name =
        asked(
            () -> {
              Connection first = begin();
              try (Statement statement = first.createStatement();
                  ResultSet row = statement.executeQuery("select pg_export_snapshot()")) {
                row.next();
                return row.getString(1);
              }
            });
  }

  /** A connection of the caller's own that sees the snapshot. */
  public synchronized Connection connection() {
    return asked(
        () -> {
          Connection more = begin();
          try (Statement statement = more.createStatement()) {
            statement.execute("set transaction snapshot '" + name + "'");
            // Large sorts and joins are what an audit asks for.
            statement.execute("set local work_mem = '128MB'");
            statement.execute("set local jit = off");
          }
          return more;
        });
  }

  /** One number. */
  public static long number(Connection connection, String sql) {
    return asked(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(sql);
              ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  public static <T> T asked(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SQLException failed) {
      throw away(failed);
    }
  }

  public static PkiException away(SQLException failed) {
    return new Failure.Unavailable("the database", String.valueOf(failed.getMessage()), RETRY)
        .because(failed);
  }

  @Override
  public synchronized void close() {
    for (Connection one : open) {
      try {
        one.close();
      } catch (SQLException gone) {
        continue; // it only read
      }
    }
  }

  private Connection begin() throws SQLException {
    Connection connection = connections.open();
    open.add(connection);
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return connection;
  }
}
