package io.chancery.revocation.bulk;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

  <T> List<T> query(String sql, Reading<T> reading, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = bound(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reading.of(rows));
      }
      return found;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  int update(String sql, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = bound(connection, sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static PreparedStatement bound(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case Instant time -> statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
        case Optional<?> time ->
            statement.setObject(
                i + 1, time.map(at -> ((Instant) at).atOffset(ZoneOffset.UTC)).orElse(null));
        case Collection<?> texts ->
            statement.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
        case UUID id -> statement.setObject(i + 1, id);
        case Object plain -> statement.setObject(i + 1, plain);
      }
    }
    return statement;
  }
}
