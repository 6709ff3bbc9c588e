package io.chancery.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Plain JDBC on the connection of the transaction that is open. What the driver throws is the cause
 * of what comes out; {@code Transactions} gives it its type.
 */
@Singleton
final class Sql {
  private final DataSource database;

  @Inject
  Sql(DataSource database) {
    this.database = database;
  }

  /** Reads one row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Sets the parameters of one statement. */
  interface Binding {
    void to(Connection connection, PreparedStatement statement) throws SQLException;
  }

  <T> List<T> query(String sql, Reading<T> reading, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reading.of(rows));
        }
      }
      return found;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  int update(String sql, Object... values) {
    return update(sql, (connection, statement) -> bind(statement, values));
  }

  int update(String sql, Binding binding) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.to(connection, statement);
      return statement.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
