package io.chancery.backup;

import io.chancery.Failure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What stands in a database before a restoration. */
record OldContent(Sql sql) {
  /** Everything of ours; what belongs to an extension goes and stays with it. */
  private static final String DROPS =
      """
      select 'drop ' || case relkind when 'v' then 'view' when 'm' then 'materialized view'
          when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end
          || ' if exists public.' || quote_ident(relname) || ' cascade'
        from pg_class c
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
          and not exists (select from pg_depend where classid = 'pg_class'::regclass
            and objid = c.oid and deptype in ('e', 'i', 'a'))
      union all
      select 'drop routine if exists ' || p.oid::regprocedure || ' cascade'
        from pg_proc p
        where pronamespace = 'public'::regnamespace
          and not exists (select from pg_depend where classid = 'pg_proc'::regclass
            and objid = p.oid and deptype = 'e')
      union all
      select 'drop type if exists public.' || quote_ident(typname) || ' cascade'
        from pg_type t
        where typnamespace = 'public'::regnamespace and typtype in ('e', 'd', 'r')
          and not exists (select from pg_depend where classid = 'pg_type'::regclass
            and objid = t.oid and deptype = 'e')
      """;

  private static final String TABLES =
      "select relname from pg_class where relkind in ('r', 'p') and relnamespace ="
          + " 'public'::regnamespace order by relname collate \"C\"";

  void mustBeNone() throws SQLException {
    List<String> tables = sql.texts(TABLES);
    if (!tables.isEmpty()) {
      throw new Failure.Conflict(
              "the database",
              "is not empty: it has " + tables.size() + " tables, " + tables.getFirst() + " first",
              "restore into an empty one, or drop what is there with --replace")
          .thrown();
    }
  }

  /** Says what goes, and drops it; until the transaction ends it can come back. */
  void drop(Consumer<String> progress) throws SQLException {
    List<String> counts = new ArrayList<>();
    for (String table : sql.texts(TABLES)) {
      long rows = sql.number("select count(*) from public." + Sql.quoted(table));
      counts.add(table + (rows == 0 ? "" : " (%,d rows)".formatted(rows)));
    }
    if (counts.isEmpty()) {
      return;
    }
    progress.accept("dropping " + String.join(", ", counts));
    for (String drop : sql.texts(DROPS)) {
      sql.run(drop);
    }
  }
}
