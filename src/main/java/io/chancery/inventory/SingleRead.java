package io.chancery.inventory;

import io.chancery.inventory.pulse.Pulse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    return all(sql, values, reading).stream().findFirst();
  }

  /**
   * The row of each key, in the keys' order. The statement has one place, for all the keys that are
   * wanted, and its first column is the key.
   */
  public <T> List<Optional<T>> each(String sql, List<String> keys, Reading<T> reading) {
    Map<String, T> found = new HashMap<>();
    all(
        sql,
        statement -> statement.setArray(1, texts(statement, keys)),
        row -> found.put(row.getString(1), reading.of(row)));
    return keys.stream().map(key -> Optional.ofNullable(found.get(key))).toList();
  }

  /** An array of texts. */
  public static List<String> texts(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static Array texts(PreparedStatement statement, List<String> keys) throws SQLException {
    return statement.getConnection().createArrayOf("text", keys.stream().distinct().toArray());
  }

  /** Every row, as {@link #first}. */
  public <T> List<T> all(String sql, Binding values, Reading<T> reading) {
    pulse.mustBeat();
    try (var connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      values.on(statement);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reading.of(rows));
        }
        return found;
      }
    } catch (SQLException failed) {
      throw Transactions.typed(new IllegalStateException(failed), pulse);
    } catch (RuntimeException failed) {
      throw Transactions.typed(failed, pulse);
    }
  }
}
