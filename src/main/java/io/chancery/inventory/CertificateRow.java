package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.CrlScope;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code certificate}. */
@Entity
@Table(name = "certificate")
class CertificateRow {
  @Id String serial = "";

  String issuer = "";
  String profile = "";
  String organization = "";
  String requester = "";
  String contact = "";
  @Nullable String replaces;
  String subject = "";

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] names = {};

  @Column(name = "key_thumbprint")
  String keyThumbprint = "";

  @Column(name = "key_algorithm")
  String keyAlgorithm = "";

  @Column(name = "not_before")
  Instant notBefore = Instant.EPOCH;

  @Column(name = "not_after")
  Instant notAfter = Instant.EPOCH;

  @Column(name = "issued_at")
  Instant issuedAt = Instant.EPOCH;

  byte[] der = {};

  @Column(name = "crl_shard")
  @Nullable Short crlShard;

  String status = StatusText.GOOD;

  @Column(name = "status_version")
  int statusVersion;

  @Column(name = "status_since")
  @Nullable Instant statusSince;

  @Nullable Short reason;

  @Column(name = "invalidity_date")
  @Nullable Instant invalidityDate;

  static CertificateRow of(Reservation reservation, IssuedCertificate certificate, Instant at) {
    CertificateRow row = new CertificateRow();
    row.serial = certificate.serial().hex();
    row.issuer = reservation.issuer().value();
    row.profile = reservation.profile();
    row.organization = reservation.organization().value();
    row.requester = reservation.requester();
    row.contact = reservation.contact();
    row.replaces = reservation.replaces().map(SerialNumber::hex).orElse(null);
    row.subject = certificate.subject();
    row.names = certificate.names().stream().map(name -> name.text()).toArray(String[]::new);
    row.keyThumbprint = certificate.key().thumbprint().hex();
    row.keyAlgorithm = certificate.key().algorithm().toString();
    row.notBefore = certificate.validity().notBefore();
    row.notAfter = certificate.validity().notAfter();
    row.issuedAt = at;
    row.der = certificate.der().octets();
    row.crlShard = shard(reservation.issuer(), certificate);
    return row;
  }

  /** The shard that lists it, as its CDP says: where validators will look. */
  private static @Nullable Short shard(IssuerName issuer, IssuedCertificate certificate) {
    OptionalInt shard =
        certificate.crlAddresses().stream()
            .flatMap(address -> CrlScope.at(address, issuer).stream())
            .map(CrlScope::shard)
            .findFirst()
            .orElse(OptionalInt.empty());
    return shard.isPresent() ? (short) shard.getAsInt() : null;
  }

  Entry entry() {
    return entry(IssuedCertificate.parse(Der.of(der)));
  }

  /** The same where the certificate has just been read. */
  Entry entry(IssuedCertificate certificate) {
    return new Entry(
        certificate,
        new IssuerName(issuer),
        profile,
        new OrganizationId(organization),
        requester,
        contact,
        Optional.ofNullable(replaces).map(SerialNumber::parse),
        keyAlgorithm,
        issuedAt,
        StatusText.read(status, statusSince, reason, invalidityDate),
        statusVersion);
  }

  void set(CertificateStatus next) {
    statusVersion++;
    switch (next) {
      case CertificateStatus.Good good -> {
        status = StatusText.GOOD;
        statusSince = null;
        reason = null;
        invalidityDate = null;
      }
      case CertificateStatus.Held held -> {
        status = StatusText.HELD;
        statusSince = held.since();
        reason = null;
        invalidityDate = null;
      }
      case CertificateStatus.Revoked revoked -> {
        status = StatusText.REVOKED;
        statusSince = revoked.since();
        reason = (short) revoked.reason().code();
        invalidityDate = revoked.invalidityDate().orElse(null);
      }
    }
  }

  /** The status as the table spells it. */
  static final class StatusText {
    static final String GOOD = "good";
    static final String HELD = "held";
    static final String REVOKED = "revoked";

    private StatusText() {}

    static CertificateStatus read(
        String status,
        @Nullable Instant since,
        @Nullable Short reason,
        @Nullable Instant invalidityDate) {
      Instant from = since == null ? Instant.EPOCH : since;
      return switch (status) {
        case GOOD -> CertificateStatus.GOOD;
        case HELD -> new CertificateStatus.Held(from);
        // An unreadable status must never be answered as good.
        default ->
            new CertificateStatus.Revoked(
                from,
                reason == null ? RevocationReason.UNSPECIFIED : RevocationReason.ofCode(reason),
                Optional.ofNullable(invalidityDate));
      };
    }
  }
}
