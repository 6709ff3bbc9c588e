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

/**
 * Lists of certificates to revoke: their octets are those whose hash is on the roll, and they stand
 * where the roll has left them. What each of them revoked has an entry of its own.
 */
final class BulkAudit implements DeedAudit {
  private static final String LISTS =
      """
      select id::text, organization, listed_by, listed_at, selection, list_hash, size, state,
        replace_until, deadline, revoked,
        list = '' or encode(sha256(convert_to(list, 'UTF8')), 'hex') = list_hash
      from bulk_revocation order by id
      """;

  private final Findings findings;
  private final Map<String, AccessAudit.Said> listed = new HashMap<>();
  private final Map<String, AccessAudit.Said> last = new HashMap<>();

  private record Row(
      String id,
      String organization,
      String listedBy,
      Instant listedAt,
      String selection,
      String hash,
      String size,
      String state,
      Optional<Instant> replaceUntil,
      Optional<Instant> deadline,
      String revoked,
      boolean itsHash) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          Columns.instant(row, 4),
          row.getString(5),
          row.getString(6),
          row.getString(7),
          row.getString(8),
          Columns.time(row, 9),
          Columns.time(row, 10),
          row.getString(11),
          row.getBoolean(12));
    }

    String which() {
      return "the bulk revocation " + Quoted.of(id);
    }
  }

  BulkAudit(Findings findings) {
    this.findings = findings;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(
        EventKind.BULK_REVOCATION_LISTED,
        EventKind.BULK_REVOCATION_STEPPED,
        EventKind.BULK_REVOCATION_DONE,
        EventKind.BULK_REVOCATION_REFUSED);
  }

  @Override
  public void see(Place place, Event event) {
    AccessAudit.Said said = new AccessAudit.Said(place, event);
    last.put(event.subject(), said);
    if (event.kind() == EventKind.BULK_REVOCATION_LISTED) {
      listed.put(event.subject(), said);
    }
  }

  @Override
  public void compare(Connection connection) {
    try (RowCursor<Row> rows = new RowCursor<>(connection, LISTS, Row::of)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    listed.forEach(
        (id, said) -> report(said.place(), "the bulk revocation " + Quoted.of(id) + " is gone"));
  }

  private void compare(Row row) {
    Optional<AccessAudit.Said> said = Optional.ofNullable(listed.remove(row.id()));
    if (said.isEmpty()) {
      findings.nowhere(FindingKind.BULK_REVOCATION_DIFFERS, row.which() + " stands in no entry");
      return;
    }
    Event event = said.get().event();
    new Comparison(event)
        .unless(row.itsHash(), "its list is not the one of its hash")
        .text("list", row.hash())
        .text("size", row.size())
        .text("selection", row.selection())
        .time("replaceUntil", row.replaceUntil())
        .time("deadline", row.deadline())
        .time("listed_at", row.listedAt(), event.at())
        .member("organization", row.organization(), event.organization().value())
        .member("listed_by", row.listedBy(), event.actor())
        .differences()
        .ifPresent(how -> report(said.get().place(), row.which() + " differs: " + how));
    compareEnd(row, Optional.ofNullable(last.get(row.id())).orElse(said.get()));
  }

  private void compareEnd(Row row, AccessAudit.Said end) {
    String state = state(end.event().kind());
    new Comparison(end.event())
        .member("state", row.state(), state)
        .text("revoked", row.revoked())
        .differences()
        .ifPresent(how -> report(end.place(), row.which() + " differs: " + how));
  }

  private static String state(EventKind kind) {
    return switch (kind) {
      case BULK_REVOCATION_STEPPED -> "replacing";
      case BULK_REVOCATION_DONE -> "done";
      case BULK_REVOCATION_REFUSED -> "refused";
      default -> "listed";
    };
  }

  private void report(Place place, String what) {
    findings.about(place, FindingKind.BULK_REVOCATION_DIFFERS, what);
  }
}
