package io.chancery.audit;

import io.chancery.Quoted;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.RowCursor;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which OCSP responder is in use for an issuer. */
final class ResponderAudit implements DeedAudit {
  private final Findings findings;
  private final Map<String, Change> last = new HashMap<>();

  private record Change(Place place, String serial) {}

  private record Row(String issuer, String serial) {}

  ResponderAudit(Findings findings) {
    this.findings = findings;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.RESPONDER_CHANGED);
  }

  @Override
  public void see(Place place, Event event) {
    last.put(event.subject(), new Change(place, event.facts().getOrDefault("serial", "")));
  }

  @Override
  public void compare(Connection connection) {
    String sql = "select issuer, serial from responder order by issuer";
    try (RowCursor<Row> rows =
        new RowCursor<>(connection, sql, row -> new Row(row.getString(1), row.getString(2)))) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    last.forEach(
        (issuer, change) ->
            report(change.place(), "the responder of " + Quoted.of(issuer) + " is gone"));
  }

  private void compare(Row row) {
    Change change = last.remove(row.issuer());
    String whose = "the responder of " + Quoted.of(row.issuer());
    if (change == null) {
      findings.nowhere(FindingKind.RESPONDER_DIFFERS, whose + " stands in no entry");
    } else if (!change.serial().equals(row.serial())) {
      report(change.place(), whose + " is " + Quoted.of(row.serial()) + ", not " + change.serial());
    }
  }

  private void report(Place place, String what) {
    findings.about(place, FindingKind.RESPONDER_DIFFERS, what);
  }
}
