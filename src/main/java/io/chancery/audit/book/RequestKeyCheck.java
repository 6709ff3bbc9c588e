package io.chancery.audit.book;

import io.chancery.Quoted;
import io.chancery.audit.book.SerialHistory.Deed;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.rows.RowCursor;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** Idempotency-Keys: what a key did first is what it is answered with for ever. */
final class RequestKeyCheck {
  private final Findings findings;
  private long withoutDeed;

  private record Twice(String caller, String key) {}

  RequestKeyCheck(Findings findings) {
    this.findings = findings;
  }

  /** Keys of requests that changed nothing, such as revoking again: no entry tells of them. */
  long withoutDeed() {
    return withoutDeed;
  }

  void check(List<RequestKeyRecord> rows, SerialHistory history) {
    for (Deed deed : history.keyed()) {
      boolean bound =
          rows.stream()
              .anyMatch(
                  row ->
                      row.key().equals(deed.fact("idempotencyKey"))
                          && row.caller().equals(deed.event().actor())
                          && row.requestHash().equals(deed.fact("requestHash")));
      if (!bound) {
        findings.about(
            deed.place(),
            FindingKind.REQUEST_KEY_DIFFERS,
            "the key "
                + Quoted.of(deed.fact("idempotencyKey"))
                + " of "
                + Quoted.of(deed.event().actor())
                + " is not bound to serial "
                + deed.event().subject()
                + " and its request");
      }
    }
    for (RequestKeyRecord row : rows) {
      checkRow(row, history);
    }
  }

  private void checkRow(RequestKeyRecord row, SerialHistory history) {
    boolean told =
        history.keyed().stream()
            .anyMatch(
                deed ->
                    deed.fact("idempotencyKey").equals(row.key())
                        && deed.event().actor().equals(row.caller()));
    if (told) {
      return;
    }
    if (history.reserved().isEmpty()) {
      findings.nowhere(
          FindingKind.REQUEST_KEY_DIFFERS,
          "the key "
              + Quoted.of(row.key())
              + " of "
              + Quoted.of(row.caller())
              + " is bound to serial "
              + Quoted.of(row.serial())
              + ", which no entry reserves");
    } else {
      withoutDeed++;
    }
  }

  /** One key of one caller for two things: the table's own key forbids it. */
  void twice(Connection connection) {
    String sql = "select caller, key from request_key group by 1, 2 having count(*) > 1";
    try (RowCursor<Twice> rows =
        new RowCursor<>(connection, sql, row -> new Twice(row.getString(1), row.getString(2)))) {
      for (Optional<Twice> row = rows.next(); row.isPresent(); row = rows.next()) {
        findings.nowhere(
            FindingKind.REQUEST_KEY_DIFFERS,
            "the key "
                + Quoted.of(row.get().key())
                + " of "
                + Quoted.of(row.get().caller())
                + " is bound twice");
      }
    }
  }
}
