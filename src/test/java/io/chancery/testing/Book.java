package io.chancery.testing;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The tables, looked at past the program: as their owner, whom row security does not bind. Its
 * connections are used again: a server that starts a process for each question is busy with that.
 */
@ApplicationScoped
public class Book {
  private static final int SECONDS_TO_SHOW_LIFE = 5;

  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @ConfigProperty(name = "chancery.database.owner")
  String owner;

  @ConfigProperty(name = "chancery.database.owner-password-file")
  Path passwordFile;

  /** A connection as the tables' owner, for the caller alone. */
  public Connection connect() throws SQLException {
    try {
      return DriverManager.getConnection(url, owner, Files.readString(passwordFile).strip());
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** A count, or any query of one number. */
  public long number(String sql, Object... values) {
    return Long.parseLong(texts(sql, values).getFirst());
  }

  /** The first column of every row, as text. */
  public List<String> texts(String sql, Object... values) {
    try {
      return asked(
          sql,
          values,
          statement -> {
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                texts.add(rows.getString(1));
              }
            }
            return texts;
          });
    } catch (SQLException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** Changes rows behind the program's back; returns how many. */
  public int change(String sql, Object... values) throws SQLException {
    return asked(sql, values, PreparedStatement::executeUpdate);
  }

  @PreDestroy
  void close() throws SQLException {
    for (Connection each = idle.poll(); each != null; each = idle.poll()) {
      each.close();
    }
  }

  private interface Question<T> {
    T ask(PreparedStatement statement) throws SQLException;
  }

  /** A connection that failed is not used again, nor is one that a test has ended meanwhile. */
  private <T> T asked(String sql, Object[] values, Question<T> question) throws SQLException {
    Connection connection = connected();
    T answer;
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      answer = question.ask(statement);
    } catch (SQLException | RuntimeException cannot) {
      connection.close();
      throw cannot;
    }
    idle.push(connection);
    return answer;
  }

  private Connection connected() throws SQLException {
    Connection used = idle.poll();
    if (used == null) {
      return connect();
    }
    if (!used.isValid(SECONDS_TO_SHOW_LIFE)) {
      used.close();
      return connect();
    }
    return used;
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
