package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code reservation}. */
@Entity
@Table(name = "reservation")
class ReservationRow {
  @Id String serial = "";

  String issuer = "";
  String profile = "";
  String organization = "";
  String requester = "";
  String contact = "";
  @Nullable String replaces;
  byte[] tbs = {};

  @Column(name = "reserved_at")
  Instant reservedAt = Instant.EPOCH;

  @Column(name = "abandoned_at")
  @Nullable Instant abandonedAt;

  String why = "";
  int approvals;

  static ReservationRow of(Reservation reservation) {
    ReservationRow row = new ReservationRow();
    row.serial = reservation.serial().hex();
    row.issuer = reservation.issuer().value();
    row.profile = reservation.profile();
    row.organization = reservation.organization().value();
    row.requester = reservation.requester();
    row.contact = reservation.contact();
    row.replaces = reservation.replaces().map(SerialNumber::hex).orElse(null);
    row.tbs = reservation.tbs().octets();
    row.reservedAt = reservation.reservedAt();
    row.approvals = reservation.approvals();
    return row;
  }

  Reservation reservation() {
    return new Reservation(
        SerialNumber.parse(serial),
        new IssuerName(issuer),
        profile,
        new OrganizationId(organization),
        requester,
        contact,
        Optional.ofNullable(replaces).map(SerialNumber::parse),
        Der.of(tbs),
        reservedAt,
        approvals);
  }
}
