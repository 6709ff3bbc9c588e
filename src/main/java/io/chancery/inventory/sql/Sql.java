package io.chancery.inventory.sql;

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
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain JDBC on the connection of the transaction that is open. What the driver throws is the cause
 * of what comes out; {@code Transactions} gives it its type.
 *
 * <p>A value may be whatever the driver takes, an {@link Instant}, an {@link Optional}, a
 * collection of texts, or a {@link Column}.
 */
@Singleton
public final class Sql {
  private final DataSource database;

  @Inject
  Sql(DataSource database) {
    this.database = database;
  }

  /** Reads one row. */
  public interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Many rows' values of one column, as an array of the database's type. */
  public record Column(String type, List<? extends @Nullable Object> values) {
    public static <T> Column texts(Collection<T> rows, Function<T, String> text) {
      return new Column("text", rows.stream().map(text).toList());
    }

    /** Empty ones are null. */
    public static <T> Column maybeTexts(Collection<T> rows, Function<T, Optional<String>> text) {
      List<@Nullable Object> values = new ArrayList<>(rows.size());
      rows.forEach(row -> values.add(text.apply(row).orElse(null)));
      return new Column("text", values);
    }

    /** Many texts a row, each row's as the text of an array: {@code cast(... as text[])}. */
    public static <T> Column lists(Collection<T> rows, Function<T, Collection<String>> texts) {
      return texts(rows, row -> list(texts.apply(row)));
    }

    private static String list(Collection<String> texts) {
      return texts.stream()
          .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
          .collect(Collectors.joining(",", "{", "}"));
    }

    public static <T> Column times(Collection<T> rows, Function<T, Instant> time) {
      return new Column("timestamptz", rows.stream().map(time).map(Instant::toString).toList());
    }

    public static <T> Column octets(Collection<T> rows, Function<T, byte[]> octets) {
      return new Column("bytea", rows.stream().map(octets).toList());
    }

    /** May be null. */
    public static <T> Column numbers(Collection<T> rows, Function<T, @Nullable Integer> number) {
      List<@Nullable Object> values = new ArrayList<>(rows.size());
      rows.forEach(row -> values.add(number.apply(row)));
      return new Column("integer", values);
    }

    private Object[] array() {
      return type.equals("bytea") ? values.toArray(byte[][]::new) : values.toArray();
    }
  }

  /** Every row that is found. */
  public <T> List<T> query(String sql, Reading<T> reading, @Nullable Object... values) {
    try (Connection connection = database.getConnection();
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

  /** A time that may be null. */
  public static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** How many rows were changed. */
  public int update(String sql, @Nullable Object... values) {
    return execute(sql, PreparedStatement::getUpdateCount, values);
  }

  /** Statements of the open transaction that will go out together. */
  public Trip trip() {
    return new Trip(this);
  }

  /** Does something with what came of a statement. */
  interface Outcome<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  <T> T execute(String sql, Outcome<T> outcome, @Nullable Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, values);
      statement.execute();
      return outcome.of(statement);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Puts the values into the statement's places. */
  public static void bind(
      Connection connection, PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      put(connection, statement, i + 1, values[i]);
    }
  }

  private static void put(
      Connection connection, PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(place, null);
      case Instant time -> statement.setObject(place, time.atOffset(ZoneOffset.UTC));
      case Optional<?> maybe -> put(connection, statement, place, maybe.orElse(null));
      case Column column ->
          statement.setArray(place, connection.createArrayOf(column.type(), column.array()));
      case Collection<?> texts ->
          statement.setArray(place, connection.createArrayOf("text", texts.toArray()));
      case Object plain -> statement.setObject(place, plain);
    }
  }
}
