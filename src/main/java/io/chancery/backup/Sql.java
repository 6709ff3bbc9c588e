package io.chancery.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Questions and orders in SQL, where the catalogue of the database is what is asked. */
record Sql(Connection connection) {
  /** Reads one row of an answer. */
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String question, Reading<T> reading) throws SQLException {
    List<T> all = new ArrayList<>();
    each(question, row -> all.add(reading.read(row)));
    return List.copyOf(all);
  }

  /** Takes one row of an answer. */
  interface Taking {
    void take(ResultSet row) throws SQLException;
  }

  void each(String question, Taking taking) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        taking.take(rows);
      }
    }
  }

  List<String> texts(String question) throws SQLException {
    return list(question, row -> row.getString(1));
  }

  String text(String question) throws SQLException {
    return texts(question).getFirst();
  }

  long number(String question) throws SQLException {
    return list(question, row -> row.getLong(1)).getFirst();
  }

  void run(String order) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(order);
    }
  }

  /** A table of the schema that all of Chancery's live in. */
  boolean hasTable(String name) throws SQLException {
    return number(
            "select count(*) from pg_class where relkind = 'r' and relnamespace ="
                + " 'public'::regnamespace and relname = '"
                + name
                + "'")
        > 0;
  }

  /**
   * The same texts for the same values, wherever and whenever it is asked; and no limit of time for
   * what takes long.
   */
  void settle() throws SQLException {
    run(
        """
        set local search_path = public;
        set local timezone = 'UTC';
        set local datestyle = 'ISO, YMD';
        set local intervalstyle = 'postgres';
        set local bytea_output = 'hex';
        set local extra_float_digits = 3;
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0
        """);
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
