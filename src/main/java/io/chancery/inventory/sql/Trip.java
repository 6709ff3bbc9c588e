package io.chancery.inventory.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statements that one transaction sends to the database together: one round trip, done in their
 * order, each seeing what those before it did. Where one fails, those after it are not done, and
 * the transaction is lost.
 *
 * <p>What came of each is told after all are done, in their order; who is not content throws, and
 * the transaction is rolled back.
 */
public final class Trip {
  private final Sql sql;
  private final List<Leg> legs = new ArrayList<>();

  Trip(Sql sql) {
    this.sql = sql;
  }

  /** What becomes of a statement's result, read while it is the current one. */
  private interface Arrival {
    Runnable from(Statement statement) throws SQLException;
  }

  private record Leg(String sql, @Nullable Object[] values, Arrival arrival) {}

  /** A change; {@code changed} is told how many rows. */
  public void update(String text, IntConsumer changed, @Nullable Object... values) {
    legs.add(
        new Leg(
            text,
            values,
            statement -> {
              int count = statement.getUpdateCount();
              return () -> changed.accept(count);
            }));
  }

  /** A change that is right whatever number of rows it meets. */
  public void update(String text, @Nullable Object... values) {
    update(text, (int count) -> {}, values);
  }

  /** A question; {@code found} is told every row. */
  public <T> void query(
      String text, Sql.Reading<T> reading, Consumer<List<T>> found, @Nullable Object... values) {
    legs.add(
        new Leg(
            text,
            values,
            statement -> {
              List<T> rows = read(statement, reading);
              return () -> found.accept(rows);
            }));
  }

  /** Sends them, and tells what came of each. */
  public void go() {
    if (legs.isEmpty()) {
      return;
    }
    String text = legs.stream().map(Leg::sql).collect(Collectors.joining(";\n"));
    List<@Nullable Object> values = new ArrayList<>();
    legs.forEach(leg -> values.addAll(Arrays.asList(leg.values())));
    List<Runnable> arrivals = sql.execute(text, this::arrivals, values.toArray());
    legs.clear();
    arrivals.forEach(Runnable::run);
  }

  private List<Runnable> arrivals(Statement statement) throws SQLException {
    List<Runnable> arrivals = new ArrayList<>();
    for (Leg leg : legs) {
      if (!arrivals.isEmpty()) {
        statement.getMoreResults();
      }
      arrivals.add(leg.arrival().from(statement));
    }
    return arrivals;
  }

  private static <T> List<T> read(Statement statement, Sql.Reading<T> reading) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        found.add(reading.of(rows));
      }
    }
    return found;
  }
}
