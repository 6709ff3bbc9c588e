package io.chancery.audit;

import io.chancery.Quoted;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
import io.chancery.audit.rows.RowCursor;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** RFC 5280 s5.2.3: the numbers of an issuer's CRLs only grow, and thisUpdate never goes back. */
final class CrlAudit implements DeedAudit {
  private final Findings findings;
  private final Map<String, Numbered> last = new HashMap<>();
  private final RecentCrls recent;

  private record Numbered(Place place, long number, Instant thisUpdate) {}

  private record Series(String issuer, long number, Instant thisUpdate) {}

  CrlAudit(Findings findings) {
    this.findings = findings;
    this.recent = new RecentCrls(findings);
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.CRL_RESERVED, EventKind.CRL_SIGNED);
  }

  @Override
  public void see(Place place, Event event) {
    try {
      long number = Long.parseLong(event.fact("number"));
      if (event.kind() == EventKind.CRL_SIGNED) {
        recent.signed(place, event.subject(), number, event.fact("crl"));
      } else {
        reserved(
            event.subject(), new Numbered(place, number, Instant.parse(event.fact("thisUpdate"))));
      }
    } catch (NumberFormatException | DateTimeException unreadable) {
      findings.about(place, FindingKind.ENTRY_UNREADABLE, "a CRL's number or time: " + unreadable);
    }
  }

  private void reserved(String issuer, Numbered next) {
    Numbered before = last.get(issuer);
    if (before != null && next.number() <= before.number()) {
      report(
          next.place(),
          "CRL number "
              + next.number()
              + " follows "
              + before.number()
              + " ("
              + before.place()
              + ")");
    }
    if (before != null && next.thisUpdate().isBefore(before.thisUpdate())) {
      report(
          next.place(),
          "thisUpdate "
              + next.thisUpdate()
              + " follows "
              + before.thisUpdate()
              + " ("
              + before.place()
              + ")");
    }
    last.put(issuer, next);
  }

  @Override
  public void compare(Connection connection) {
    String sql = "select issuer, number, this_update from crl_series order by issuer";
    try (RowCursor<Series> rows =
        new RowCursor<>(
            connection,
            sql,
            row ->
                new Series(
                    row.getString(1),
                    row.getLong(2),
                    row.getObject(3, OffsetDateTime.class).toInstant()))) {
      for (Optional<Series> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    last.forEach(
        (issuer, numbered) ->
            report(numbered.place(), "the CRL series of " + Quoted.of(issuer) + " is gone"));
    recent.compare(connection);
  }

  private void compare(Series series) {
    Numbered entry = last.remove(series.issuer());
    String whose = "the CRL series of " + Quoted.of(series.issuer());
    if (entry == null) {
      findings.nowhere(FindingKind.CRL_DIFFERS, whose + " stands in no entry");
      return;
    }
    if (entry.number() != series.number()) {
      report(
          entry.place(),
          whose + " is at number " + series.number() + ", the roll at " + entry.number());
    }
    if (!entry.thisUpdate().equals(series.thisUpdate())) {
      report(
          entry.place(),
          whose + " says thisUpdate " + series.thisUpdate() + ", the roll " + entry.thisUpdate());
    }
  }

  private void report(Place place, String what) {
    findings.about(place, FindingKind.CRL_DIFFERS, what);
  }
}
