package io.chancery.inventory;

import io.chancery.Failure;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The book's part in a replay of the roll. What the book knows already stays as it is. */
@Singleton
public final class Redone {
  private final CertificateRows certificates;
  private final ReservationRows reservations;
  private final RequestKeyRows requestKeys;
  private final StatusChangeRows changes;
  private final RevokedRows revoked;

  @Inject
  Redone(
      CertificateRows certificates,
      ReservationRows reservations,
      RequestKeyRows requestKeys,
      StatusChangeRows changes,
      RevokedRows revoked) {
    this.certificates = certificates;
    this.reservations = reservations;
    this.requestKeys = requestKeys;
    this.changes = changes;
    this.revoked = revoked;
  }

  /** Whether the book did not know the serial. */
  public boolean reserve(Reservation reservation) {
    Transactions.mustBeOpen();
    String serial = reservation.serial().hex();
    boolean known =
        certificates.findByIdOptional(serial).isPresent()
            || reservations.findByIdOptional(serial).isPresent();
    if (!known) {
      reservations.persist(ReservationRow.of(reservation));
    }
    return !known;
  }

  public void bind(RequestKey key, SerialNumber serial, Instant at) {
    Transactions.mustBeOpen();
    RequestKeyRow.Id id = new RequestKeyRow.Id(key.caller(), key.key());
    if (requestKeys.findByIdOptional(id).isEmpty()) {
      RequestKeyRow row = new RequestKeyRow();
      row.id = id;
      row.requestHash = key.requestHash().hex();
      row.serial = serial.hex();
      row.at = at;
      requestKeys.persist(row);
    }
  }

  public void record(Reservation facts, IssuedCertificate certificate, Instant at) {
    Transactions.mustBeOpen();
    String serial = certificate.serial().hex();
    reservations.deleteById(serial);
    if (certificates.findByIdOptional(serial).isEmpty()) {
      certificates.persist(
          CertificateRow.of(facts, certificate, at.truncatedTo(ChronoUnit.MICROS)));
    }
  }

  public void abandon(SerialNumber serial, Instant at) {
    Transactions.mustBeOpen();
    reservations.update(
        "abandonedAt = ?1 where serial = ?2 and abandonedAt is null", at, serial.hex());
  }

  /** The status as it was after its {@code version}th change; an older version changes nothing. */
  public void status(SerialNumber serial, CertificateStatus status, int version, Instant at) {
    Transactions.mustBeOpen();
    CertificateRow row =
        certificates
            .locked(serial.hex())
            .orElseThrow(() -> new Failure.NotFound("certificate", serial.hex()).thrown());
    if (row.statusVersion < version) {
      row.set(status);
      row.statusVersion = version;
      changes.persist(StatusChangeRow.of(row, at));
      revoked.set(row);
    }
  }
}
