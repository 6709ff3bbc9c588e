package io.chancery.inventory;

import io.chancery.Failure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Long readings of the book as it is at one moment, which hold nobody up. */
@Singleton
public final class Moments {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final DataSource source;

  @Inject
  Moments(DataSource source) {
    this.source = source;
  }

  /** What is done with a moment. */
  public interface Reading<T> {
    T of(Moment moment) throws SQLException;
  }

  /** All that {@code reading} sees had committed when it began, and nothing later. */
  public <T> T read(Reading<T> reading) {
    try (Connection connection = source.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try {
        return reading.of(new Moment(connection));
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
    } catch (SQLException away) {
      throw new Failure.Unavailable("database", "SQLSTATE " + away.getSQLState(), RETRY)
          .because(away);
    }
  }
}
