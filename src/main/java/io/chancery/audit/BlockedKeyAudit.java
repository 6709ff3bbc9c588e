package io.chancery.audit;

import io.chancery.Quoted;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys that nobody gets a certificate for again: each stays where the roll has put it. */
final class BlockedKeyAudit implements DeedAudit {
  private static final String KEYS =
      "select spki, at, blocked_by, proof, invalidity_date from blocked_key order by spki";

  private final Findings findings;
  private final Map<String, AccessAudit.Said> blocked = new HashMap<>();

  private record Row(
      String key, Instant at, String by, String proof, Optional<Instant> invalidityDate) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString(1),
          Columns.instant(row, 2),
          row.getString(3),
          row.getString(4),
          Columns.time(row, 5));
    }
  }

  BlockedKeyAudit(Findings findings) {
    this.findings = findings;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(EventKind.KEY_BLOCKED);
  }

  @Override
  public void see(Place place, Event event) {
    blocked.putIfAbsent(event.subject(), new AccessAudit.Said(place, event));
  }

  @Override
  public void compare(Connection connection) {
    try (RowCursor<Row> rows = new RowCursor<>(connection, KEYS, Row::of)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    blocked.forEach((key, said) -> report(said.place(), which(key) + " is not blocked any more"));
  }

  private void compare(Row row) {
    Optional<AccessAudit.Said> said = Optional.ofNullable(blocked.remove(row.key()));
    if (said.isEmpty()) {
      findings.nowhere(FindingKind.BLOCKED_KEY_DIFFERS, which(row.key()) + " stands in no entry");
      return;
    }
    Event event = said.get().event();
    new Comparison(event)
        .text("proof", row.proof())
        .time("invalidityDate", row.invalidityDate())
        .time("at", row.at(), event.at())
        .member("blocked_by", row.by(), event.actor())
        .differences()
        .ifPresent(how -> report(said.get().place(), which(row.key()) + " differs: " + how));
  }

  private static String which(String key) {
    return "the blocked key " + Quoted.of(key);
  }

  private void report(Place place, String what) {
    findings.about(place, FindingKind.BLOCKED_KEY_DIFFERS, what);
  }
}
