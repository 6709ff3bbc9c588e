package io.chancery.inventory;

import io.chancery.inventory.pulse.Pulse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Long readings of the book as it is at one moment, which hold nobody up. */
@Singleton
public final class Moments {
  private final DataSource source;
  private final Pulse pulse;

  @Inject
  Moments(DataSource source, Pulse pulse) {
    this.source = source;
    this.pulse = pulse;
  }

  /** What is done with a moment. */
  public interface Reading<T> {
    T of(Moment moment) throws SQLException;
  }

  /** All that {@code reading} sees had committed when it began, and nothing later. */
  public <T> T read(Reading<T> reading) {
    pulse.mustBeat();
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
    } catch (RuntimeException thrown) {
      throw Transactions.typed(thrown, pulse);
    } catch (SQLException away) {
      throw Transactions.typed(new IllegalStateException(away), pulse);
    }
  }
}
