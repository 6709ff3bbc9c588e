package io.chancery.audit.rows;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Columns as they are compared with facts. */
public final class Columns {
  private Columns() {}

  /** A column that may be null. */
  public static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  public static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** A column that may be null, as an empty text. */
  public static String text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }

  /** A list, as facts hold it: with spaces between. */
  public static String words(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return String.join(" ", (String[]) array.getArray());
  }
}
