package io.chancery.scenario;

import io.chancery.testing.Book;
import io.chancery.testing.Golden;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the migrations add up to. */
@QuarkusTest
@WithTestResource(World.class)
class SchemaGoldenTest {
  private static final String COLUMNS =
      """
      select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        case when a.attidentity <> '' then ' identity'
          else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end)
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
        and not a.attisdropped and c.relname <> 'flyway_schema_history'
      order by c.relname, a.attnum
      """;
  private static final String CONSTRAINTS =
      """
      select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid))
      from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n'
        and conrelid::regclass::text <> 'flyway_schema_history'
      order by 1
      """;
  private static final String INDEXES =
      """
      select indexdef from pg_indexes
      where schemaname = 'public' and tablename <> 'flyway_schema_history' order by indexname
      """;
  private static final String TRIGGERS =
      """
      select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by tgname
      """;

  private static final String POLICIES =
      """
      select format('%s: policy %s for %s using %s%s', polrelid::regclass, polname,
        case polcmd when '*' then 'all' else polcmd::text end, pg_get_expr(polqual, polrelid),
        coalesce(' with check ' || pg_get_expr(polwithcheck, polrelid), ''))
      from pg_policy order by 1
      """;

  @Inject Book book;

  @Test
  void theSchemaIsTheAgreedOne() {
    List<String> lines = new ArrayList<>();
    for (String part : List.of(COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS, POLICIES)) {
      lines.addAll(book.texts(part));
      lines.add("");
    }
    Golden.check("schema.txt", String.join("\n", lines).strip());
  }
}
