package io.chancery.audit;

import io.chancery.Quoted;
import io.chancery.audit.AccessAudit.Said;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.Columns;
import io.chancery.audit.rows.Comparison;
import io.chancery.audit.rows.RowCursor;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far each partner is: nobody is admitted, or gone, by a row alone. */
final class PartnerAudit implements DeedAudit {
  private static final String PARTNERS =
      "select organization, state, sandbox_profile, profiles, request, proposal, revocation"
          + " from partner order by organization";

  private final Findings findings;
  private final Map<String, Said> partners = new HashMap<>();

  PartnerAudit(Findings findings) {
    this.findings = findings;
  }

  private record Row(
      String organization,
      String state,
      String sandboxProfile,
      String profiles,
      String request,
      String proposal,
      String revocation) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          Columns.words(row, 4),
          row.getString(5),
          row.getString(6),
          row.getString(7));
    }

    Optional<String> differences(Event event) {
      return new Comparison(event)
          .text("state", state)
          .text("sandboxProfile", sandboxProfile)
          .text("profiles", profiles)
          .text("request", request)
          .text("proposal", proposal)
          .text("revocation", revocation)
          .differences();
    }
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.PARTNER_CHANGED);
  }

  @Override
  public void see(Place place, Event event) {
    partners.put(event.subject(), new Said(place, event));
  }

  @Override
  public void compare(Connection connection) {
    try (RowCursor<Row> rows = new RowCursor<>(connection, PARTNERS, Row::of)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    partners.forEach(
        (id, said) ->
            findings.about(
                said.place(),
                FindingKind.ACCESS_DIFFERS,
                "the partner " + Quoted.of(id) + " is gone"));
  }

  private void compare(Row row) {
    String which = "the partner " + Quoted.of(row.organization());
    Optional<Said> said = Optional.ofNullable(partners.remove(row.organization()));
    if (said.isEmpty()) {
      findings.nowhere(FindingKind.ACCESS_DIFFERS, which + " stands in no entry");
      return;
    }
    row.differences(said.get().event())
        .ifPresent(
            how ->
                findings.about(
                    said.get().place(), FindingKind.ACCESS_DIFFERS, which + " differs: " + how));
  }
}
