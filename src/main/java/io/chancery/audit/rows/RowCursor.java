package io.chancery.audit.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGStatement;

/** Rows of a query, one after the other, some hundred at a time on the way. */
public final class RowCursor<T> implements AutoCloseable {
  private static final int AT_A_TIME = 250;

  private final PreparedStatement statement;
  private final ResultSet rows;
  private final RowReader<T> reader;
  private Optional<T> head = Optional.empty();

  /** Makes a value of the row that the cursor stands on. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public RowCursor(Connection connection, String sql, RowReader<T> reader, Object... values) {
    this.reader = reader;
    this.statement = Snapshot.asked(() -> prepared(connection, sql, values));
    this.rows = Snapshot.asked(statement::executeQuery);
    advance();
  }

  /** The next row, which stays the next. */
  public Optional<T> peek() {
    return head;
  }

  /** The next row; empty at the end. */
  public Optional<T> next() {
    Optional<T> row = head;
    advance();
    return row;
  }

  @Override
  public void close() {
    Snapshot.asked(
        () -> {
          statement.close();
          return true;
        });
  }

  private void advance() {
    head = Snapshot.asked(() -> rows.next() ? Optional.of(reader.read(rows)) : Optional.empty());
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(AT_A_TIME);
    // Below zero: octets come as octets from the first row on, not as text of twice their length.
    statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
