package io.chancery.inventory;

import io.chancery.inventory.pulse.Pulse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * One question to the database that needs no transaction around it: one round trip, where {@link
 * Transactions} takes one more for the end. For what every request asks.
 */
@Singleton
public final class SingleRead {
  private final DataSource source;
  private final Pulse pulse;

  @Inject
  SingleRead(DataSource source, Pulse pulse) {
    this.source = source;
    this.pulse = pulse;
  }

  /** Puts the values in. */
  public interface Binding {
    void on(PreparedStatement statement) throws SQLException;
  }

  /** Makes something of a row. */
  public interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** The first row; what the driver or the pool throws comes out as {@code Transactions} says. */
  public <T> Optional<T> first(String sql, Binding values, Reading<T> reading) {
    pulse.mustBeat();
    try (var connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      values.on(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(reading.of(rows)) : Optional.empty();
      }
    } catch (SQLException failed) {
      throw Transactions.typed(new IllegalStateException(failed), pulse);
    } catch (RuntimeException failed) {
      throw Transactions.typed(failed, pulse);
    }
  }
}
