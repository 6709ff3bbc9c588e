package io.chancery.inventory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code status_change}. */
@Entity
@Table(name = "status_change")
class StatusChangeRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String issuer = "";
  String serial = "";
  int version;
  Instant at = Instant.EPOCH;

  @Column(name = "crl_number")
  @Nullable Long crlNumber;

  static StatusChangeRow of(CertificateRow certificate, Instant at) {
    StatusChangeRow row = new StatusChangeRow();
    row.issuer = certificate.issuer;
    row.serial = certificate.serial;
    row.version = certificate.statusVersion;
    row.at = at;
    return row;
  }

  long id() {
    return id == null ? 0 : id;
  }
}
