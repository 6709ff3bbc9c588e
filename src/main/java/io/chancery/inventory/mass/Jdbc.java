package io.chancery.inventory.mass;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain JDBC on the connection of the transaction that is open. What the driver throws is the cause
 * of what comes out; {@code Transactions} gives it its type.
 */
@Singleton
final class Jdbc {
  private final DataSource source;

  @Inject
  Jdbc(DataSource source) {
    this.source = source;
  }

  /** Reads one row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Every row; a value may be a text, a number, an {@link Instant} or a collection of texts. */
  <T> List<T> query(String sql, Reading<T> reading, List<? extends @Nullable Object> values) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
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

  private static void bind(
      Connection connection, PreparedStatement statement, List<? extends @Nullable Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      switch (values.get(i)) {
        case Instant time -> statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
        case Collection<?> texts ->
            statement.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
        case null -> statement.setString(i + 1, null);
        case Object plain -> statement.setObject(i + 1, plain);
      }
    }
  }
}
