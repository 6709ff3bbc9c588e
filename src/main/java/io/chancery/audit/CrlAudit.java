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
  private final Map<Series, Numbered> last = new HashMap<>();
  private final RecentCrls recent;

  private record Numbered(Place place, long number, Instant thisUpdate) {}

  private record Row(Series series, long number, Instant thisUpdate) {}

  /** CRLs that share one sequence of numbers. */
  record Series(String issuer, String scope) {
    @Override
    public String toString() {
      return Quoted.of(issuer) + (scope.isEmpty() ? "" : " shard " + Quoted.of(scope));
    }
  }

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
      // Entries of a time before shards are about the whole issuer.
      Series series = new Series(event.subject(), event.facts().getOrDefault("scope", ""));
      if (event.kind() == EventKind.CRL_SIGNED) {
        recent.signed(place, series, number, event.fact("crl"));
      } else {
        reserved(series, new Numbered(place, number, Instant.parse(event.fact("thisUpdate"))));
      }
    } catch (NumberFormatException | DateTimeException unreadable) {
      findings.about(place, FindingKind.ENTRY_UNREADABLE, "a CRL's number or time: " + unreadable);
    }
  }

  private void reserved(Series series, Numbered next) {
    Numbered before = last.get(series);
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
    last.put(series, next);
  }

  @Override
  public void compare(Connection connection) {
    String sql = "select issuer, scope, number, this_update from crl_series order by 1, 2";
    try (RowCursor<Row> rows =
        new RowCursor<>(
            connection,
            sql,
            row ->
                new Row(
                    new Series(row.getString(1), row.getString(2)),
                    row.getLong(3),
                    row.getObject(4, OffsetDateTime.class).toInstant()))) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    last.forEach(
        (series, numbered) -> report(numbered.place(), "the CRL series of " + series + " is gone"));
    recent.compare(connection);
    new RevokedAudit(findings).compare(connection);
  }

  private void compare(Row row) {
    Numbered entry = last.remove(row.series());
    String whose = "the CRL series of " + row.series();
    if (entry == null) {
      findings.nowhere(FindingKind.CRL_DIFFERS, whose + " stands in no entry");
      return;
    }
    if (entry.number() != row.number()) {
      report(
          entry.place(),
          whose + " is at number " + row.number() + ", the roll at " + entry.number());
    }
    if (!entry.thisUpdate().equals(row.thisUpdate())) {
      report(
          entry.place(),
          whose + " says thisUpdate " + row.thisUpdate() + ", the roll " + entry.thisUpdate());
    }
  }

  private void report(Place place, String what) {
    findings.about(place, FindingKind.CRL_DIFFERS, what);
  }
}
