package io.chancery.visibility;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

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

  /** Work with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  <T> T call(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      return work.with(connection);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
