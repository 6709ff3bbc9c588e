package io.chancery.backup;

import io.chancery.Failure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a database of Chancery consists of, as PostgreSQL's own catalogue tells it. */
record Catalogue(Sql sql) {
  static final String HISTORY = "flyway_schema_history";

  private static final String COLUMNS =
      """
      select attname from pg_attribute
      where attrelid = ('public.' || '%s')::regclass and attnum > 0 and not attisdropped
        and attgenerated = ''
      order by attnum
      """;
  private static final String REFERENCES =
      """
      select f.relname, t.relname from pg_constraint c
        join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
      where c.contype = 'f' and f.relnamespace = 'public'::regnamespace and f.oid <> t.oid
      """;

  /** A table and the columns that hold data of their own. */
  record Shape(String name, List<String> columns) {
    String copy() {
      List<String> quoted = columns.stream().map(Sql::quoted).toList();
      return "copy " + Sql.quoted(name) + " (" + String.join(", ", quoted) + ")";
    }
  }

  private record Reference(String from, String to) {
    boolean refers(String table, Set<String> waiting) {
      return from.equals(table) && waiting.contains(to);
    }
  }

  /** Every table; one that refers to another comes after it. */
  List<Shape> tables() throws SQLException {
    mustKnowAllKinds();
    Set<String> left =
        new LinkedHashSet<>(
            sql.texts(
                "select relname from pg_class where relkind = 'r' and relnamespace ="
                    + " 'public'::regnamespace order by relname collate \"C\""));
    List<Reference> references =
        sql.list(REFERENCES, row -> new Reference(row.getString(1), row.getString(2)));
    List<Shape> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Predicate<String> ready =
          table -> references.stream().noneMatch(one -> one.refers(table, left));
      String next =
          left.stream()
              .filter(ready)
              .findFirst()
              .orElseThrow(
                  () ->
                      new Failure.Misconfigured(
                              "the database",
                              "has tables that refer to one another in a circle: " + left,
                              "Chancery's own have none: keep other tables in another schema")
                          .thrown());
      left.remove(next);
      ordered.add(new Shape(next, sql.texts(COLUMNS.formatted(Sql.quoted(next)))));
    }
    return List.copyOf(ordered);
  }

  /** The migrations that made it; refuses a database that none of ours made. */
  List<Manifest.Migration> schema() throws SQLException {
    if (!sql.hasTable(HISTORY)) {
      throw new Failure.Misconfigured(
              "the database",
              "is none of Chancery: it has no " + HISTORY,
              "start the service on it once, or name another with --jdbc-url or --data")
          .thrown();
    }
    return sql.list(
        "select version, script, checksum from "
            + HISTORY
            + " where success and version is not null order by installed_rank",
        row -> new Manifest.Migration(row.getString(1), row.getString(2), row.getInt(3)));
  }

  String postgresql() throws SQLException {
    return sql.text("show server_version");
  }

  Manifest.Ledger ledger() throws SQLException {
    if (sql.hasTable("ledger_checkpoint")) {
      List<Manifest.Ledger> newest =
          sql.list(
              "select size, encode(root, 'hex') from ledger_checkpoint order by size desc limit 1",
              row -> new Manifest.Ledger(row.getLong(1), row.getString(2)));
      if (!newest.isEmpty()) {
        return newest.getFirst();
      }
    }
    return new Manifest.Ledger(
        sql.hasTable("ledger_entry") ? sql.number("select count(*) from ledger_entry") : 0, "");
  }

  /** Whose book it is. */
  Map<String, String> issuers() throws SQLException {
    Map<String, String> issuers = new TreeMap<>();
    if (sql.hasTable("issuer")) {
      sql.each(
          "select name, certificate from issuer",
          row -> issuers.put(row.getString(1), row.getString(2)));
    }
    return issuers;
  }

  /** Identities and other sequences that were used, with their last value. */
  Map<String, Long> sequences() throws SQLException {
    Map<String, Long> sequences = new TreeMap<>();
    sql.each(
        "select sequencename, last_value from pg_sequences where schemaname = 'public' and"
            + " last_value is not null",
        row -> sequences.put(row.getString(1), row.getLong(2)));
    return sequences;
  }

  /** A backup that leaves something out in silence is worse than none. */
  private void mustKnowAllKinds() throws SQLException {
    List<String> unknown =
        sql.texts(
            "select relname from pg_class where relkind in ('p', 'f', 'm') and relnamespace ="
                + " 'public'::regnamespace");
    if (!unknown.isEmpty()) {
      throw new Failure.Misconfigured(
              "the database",
              "has partitioned, foreign or materialized tables, which a backup does not know: "
                  + unknown,
              "keep tables that are not Chancery's in another schema")
          .thrown();
    }
  }
}
