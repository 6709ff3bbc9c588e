package io.chancery.audit.book;

import io.chancery.Quoted;
import io.chancery.audit.book.SerialHistory.Deed;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.rows.Comparison;
import io.chancery.ledger.Event;
import java.util.List;
import java.util.Optional;

/** What became of a reservation: a certificate, given up, or still open. */
final class ReservationCheck {
  private final Findings findings;

  ReservationCheck(Findings findings) {
    this.findings = findings;
  }

  void check(
      String serial,
      Optional<ReservationRecord> row,
      List<CertificateRecord> certificates,
      SerialHistory history) {
    String which = "the reservation of serial " + Quoted.of(serial);
    Optional<Deed> reserved = history.reserved();
    if (row.isPresent()) {
      present(row.get(), which, history);
    } else if (reserved.isPresent() && history.issued().isEmpty() && certificates.isEmpty()) {
      report(
          reserved.get(),
          which
              + (history.abandoned().isPresent()
                  ? " was given up and is gone: its serial must stay on record"
                  : " was neither issued nor given up, and is gone"));
    }
    if (history.issued().isPresent() && certificates.isEmpty()) {
      findings.about(
          history.issued().get().place(),
          FindingKind.CERTIFICATE_NOT_IN_BOOK,
          "certificate " + Quoted.of(serial) + " was issued, and the book does not know it");
    }
  }

  private void present(ReservationRecord row, String which, SerialHistory history) {
    Optional<Deed> reserved = history.reserved();
    if (reserved.isEmpty()) {
      findings.nowhere(FindingKind.RESERVATION_DIFFERS, which + " stands in no entry");
      return;
    }
    differences(row, reserved.get().event())
        .ifPresent(how -> report(reserved.get(), which + " differs: " + how));
    if (history.issued().isPresent()) {
      report(history.issued().get(), which + " is still there, and it was issued");
    }
    if (history.abandoned().isPresent() && row.abandoned().isEmpty()) {
      report(history.abandoned().get(), which + " was given up and is open again");
    }
    if (history.abandoned().isEmpty() && row.abandoned().isPresent()) {
      report(reserved.get(), which + " is given up, and no entry says so");
    }
  }

  private static Optional<String> differences(ReservationRecord row, Event event) {
    return new Comparison(event)
        .unless(
            CertificateCheck.isPromised(row.tbs(), event), "its octets are not those on the roll")
        .text("issuer", row.issuer())
        .text("profile", row.profile())
        .text("contact", row.contact())
        .text("replaces", row.replaces())
        .member("organization", row.organization(), event.organization().value())
        .member("requester", row.requester(), event.actor())
        .differences();
  }

  private void report(Deed deed, String what) {
    findings.about(deed.place(), FindingKind.RESERVATION_DIFFERS, what);
  }
}
