package io.chancery.audit;

import io.chancery.Quoted;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Place;
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

/** Enrolment tokens, by their label, which is unique. */
final class TokenAudit {
  private static final String TOKENS =
      "select label, hash, organization, profiles, names, uses_left, expires_at, revoked_at,"
          + " bound_to from enrolment_token order by label";

  private final Findings findings;
  private final Map<String, AccessAudit.Said> created = new HashMap<>();
  private final Map<String, Place> revoked = new HashMap<>();
  private final Map<String, Long> spent = new HashMap<>();

  private record Row(
      String label,
      String hash,
      String organization,
      String profiles,
      String names,
      Optional<Long> usesLeft,
      Optional<Instant> expires,
      Optional<Instant> revoked,
      String boundTo) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          Columns.words(row, 4),
          Columns.words(row, 5),
          Optional.of(Columns.text(row, 6)).filter(text -> !text.isEmpty()).map(Long::valueOf),
          Columns.time(row, 7),
          Columns.time(row, 8),
          row.getString(9));
    }
  }

  TokenAudit(Findings findings) {
    this.findings = findings;
  }

  void created(AccessAudit.Said said) {
    created.put(said.event().fact("label"), said);
  }

  void revoked(AccessAudit.Said said) {
    revoked.put(said.event().fact("label"), said.place());
  }

  void spent(String label) {
    spent.merge(label, 1L, Long::sum);
  }

  void compare(Connection connection) {
    try (RowCursor<Row> rows = new RowCursor<>(connection, TOKENS, Row::of)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        compare(row.get());
      }
    }
    created.forEach(
        (label, said) -> report(said.place(), "the token " + Quoted.of(label) + " is gone"));
  }

  private void compare(Row row) {
    Optional<AccessAudit.Said> said = Optional.ofNullable(created.remove(row.label()));
    String which = "the token " + Quoted.of(row.label());
    if (said.isEmpty()) {
      findings.nowhere(FindingKind.ACCESS_DIFFERS, which + " stands in no entry");
      return;
    }
    differences(row, said.get().event())
        .ifPresent(how -> report(said.get().place(), which + " differs: " + how));
    Optional<Place> ended = Optional.ofNullable(revoked.get(row.label()));
    if (ended.isPresent() && row.revoked().isEmpty()) {
      report(ended.get(), which + " was revoked and is not");
    } else if (ended.isEmpty() && row.revoked().isPresent()) {
      report(said.get().place(), which + " is revoked, and no entry says so");
    }
  }

  private Optional<String> differences(Row row, Event event) {
    String uses = event.facts().getOrDefault("uses", "any");
    long left = uses.equals("any") ? 0 : Long.parseLong(uses) - spent.getOrDefault(row.label(), 0L);
    return new Comparison(event)
        .text("hash", row.hash())
        .member("organization", row.organization(), event.subject())
        .text("profiles", row.profiles())
        .text("names", row.names())
        .time("expires", row.expires())
        .text("boundTo", row.boundTo())
        .unless(
            uses.equals("any") == row.usesLeft().isEmpty(), "its number of uses is another kind")
        .unless(
            uses.equals("any") || row.usesLeft().orElse(0L) <= left,
            "it has " + row.usesLeft().orElse(0L) + " uses left, the roll leaves it " + left)
        .differences();
  }

  private void report(Place place, String what) {
    findings.about(place, FindingKind.ACCESS_DIFFERS, what);
  }
}
