package io.chancery.audit;

import io.chancery.Quoted;
import io.chancery.audit.AccessAudit.Said;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.rows.Columns;
import io.chancery.audit.rows.Comparison;
import io.chancery.audit.rows.RowCursor;
import io.chancery.ledger.Event;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** People with their roles and all they are known by. */
final class PersonAudit {
  private static final String PEOPLE =
      "select p.id, p.organization, p.display_name, p.contact, p.human, p.roles, p.acts_for_all,"
          + " p.profiles, p.names, p.disabled_at, coalesce((select string_agg(text, E'\\n'"
          + " order by text collate \"C\") from (select i.kind || ' ' || case i.issuer when ''"
          + " then '-' else i.issuer end || ' ' || i.value as text from identity i"
          + " where i.person = p.id and i.organization = p.organization) of_it), '')"
          + " from person p order by p.id";

  private final Findings findings;
  private final Map<String, Said> people = new HashMap<>();

  PersonAudit(Findings findings) {
    this.findings = findings;
  }

  /** Its newest entry stands. */
  void entered(Said said) {
    people.put(said.event().subject(), said);
  }

  private record Row(
      String id,
      String organization,
      String displayName,
      String contact,
      String human,
      String roles,
      String actsForAll,
      String profiles,
      String names,
      Optional<Instant> disabled,
      String identities) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          String.valueOf(row.getBoolean(5)),
          Columns.words(row, 6),
          String.valueOf(row.getBoolean(7)),
          Columns.words(row, 8),
          Columns.words(row, 9),
          Columns.time(row, 10),
          row.getString(11));
    }

    Optional<String> differences(Event event) {
      return new Comparison(event)
          .text("organization", organization)
          .text("displayName", displayName)
          .text("contact", contact)
          .text("human", human)
          .text("roles", roles)
          .text("actsForAll", actsForAll)
          .text("profiles", profiles)
          .text("names", names)
          .text("identities", identities)
          .time("disabled", disabled)
          .differences();
    }
  }

  void compare(Connection connection) {
    try (RowCursor<Row> rows = new RowCursor<>(connection, PEOPLE, Row::of)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    people.forEach((id, said) -> report(said, "the person " + Quoted.of(id) + " is gone"));
  }

  private void compare(Row row) {
    Optional<Said> said = Optional.ofNullable(people.remove(row.id()));
    String which = "the person " + Quoted.of(row.id());
    if (said.isEmpty()) {
      findings.nowhere(FindingKind.ACCESS_DIFFERS, which + " stands in no entry");
    } else {
      row.differences(said.get().event())
          .ifPresent(how -> report(said.get(), which + " differs: " + how));
    }
  }

  private void report(Said said, String what) {
    findings.about(said.place(), FindingKind.ACCESS_DIFFERS, what);
  }
}
