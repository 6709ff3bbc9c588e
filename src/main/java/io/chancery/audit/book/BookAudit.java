package io.chancery.audit.book;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Progress;
import io.chancery.audit.rows.RowCursor;
import io.chancery.audit.rows.Snapshot;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * The book against the roll: entries, certificates, reservations and request keys, each in the
 * order of their serials, walked side by side. Nothing but one serial is in memory at a time.
 */
public final class BookAudit {
  private final Snapshot snapshot;
  private final Findings findings;
  private final Progress progress;
  private final CertificateCheck certificates;
  private final ReservationCheck reservations;
  private final RequestKeyCheck keys;

  /** What was compared. */
  public record Read(
      long certificates, long byHash, long keysWithoutDeed, List<TakesApproval> approved) {
    public Read {
      approved = List.copyOf(approved);
    }
  }

  public BookAudit(Snapshot snapshot, Findings findings, Progress progress) {
    this.snapshot = snapshot;
    this.findings = findings;
    this.progress = progress;
    this.certificates = new CertificateCheck(findings);
    this.reservations = new ReservationCheck(findings);
    this.keys = new RequestKeyCheck(findings);
  }

  public Read run() {
    Connection connection = snapshot.connection();
    long count = 0;
    try (SerialStream<SerialEntry> entries =
            new SerialStream<>(
                new RowCursor<>(connection, SerialEntry.ALL, SerialEntry::of),
                SerialEntry::serial);
        SerialStream<CertificateRecord> rows =
            new SerialStream<>(
                new RowCursor<>(
                    snapshot.connection(), CertificateRecord.ALL, CertificateRecord::of),
                CertificateRecord::serial);
        SerialStream<ReservationRecord> reserved =
            new SerialStream<>(
                new RowCursor<>(connection, ReservationRecord.ALL, ReservationRecord::of),
                ReservationRecord::serial);
        SerialStream<RequestKeyRecord> bound =
            new SerialStream<>(
                new RowCursor<>(connection, RequestKeyRecord.ALL, RequestKeyRecord::of),
                RequestKeyRecord::serial)) {
      Optional<String> next = lowest(entries, rows, reserved, bound);
      while (next.isPresent()) {
        String serial = next.get();
        List<CertificateRecord> found = rows.take(serial);
        check(
            serial,
            SerialHistory.of(entries.take(serial), findings),
            found,
            reserved.take(serial),
            bound.take(serial));
        count += found.size();
        progress.serial();
        next = lowest(entries, rows, reserved, bound);
      }
    }
    keys.twice(connection);
    return new Read(count, certificates.byHash(), keys.withoutDeed(), certificates.approved());
  }

  private void check(
      String serial,
      SerialHistory history,
      List<CertificateRecord> found,
      List<ReservationRecord> reserved,
      List<RequestKeyRecord> bound) {
    found.forEach(row -> certificates.check(row, history));
    if (found.size() > 1) {
      findings.nowhere(
          FindingKind.CERTIFICATE_TWICE, "the book has two certificates of serial " + serial);
    }
    reservations.check(serial, reserved.stream().findFirst(), found, history);
    keys.check(bound, history);
  }

  private static Optional<String> lowest(
      SerialStream<?> one, SerialStream<?> two, SerialStream<?> three, SerialStream<?> four) {
    return one.lowest(two.lowest(three.lowest(four.lowest(Optional.empty()))));
  }
}
