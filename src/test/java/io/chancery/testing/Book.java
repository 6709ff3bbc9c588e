package io.chancery.testing;

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
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The tables, looked at past the program: as their owner, whom row security does not bind. */
@ApplicationScoped
public class Book {
  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @ConfigProperty(name = "chancery.database.owner")
  String owner;

  @ConfigProperty(name = "chancery.database.owner-password-file")
  Path passwordFile;

  /** A connection as the tables' owner. */
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
    try (Connection connection = connect();
        PreparedStatement statement = prepared(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** Changes rows behind the program's back; returns how many. */
  public int change(String sql, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    }
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
