package io.chancery.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.inventory.Entry;
import io.chancery.issuance.Issuer;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A certificate as JSON.
 *
 * @param status {@code good}, {@code held} or {@code revoked}
 * @param repeated true where the same request without a key is answered with what it got before
 * @param certificate PEM; {@code chain} is PEM too: its issuers upwards, without the root
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CertificateView(
    String serial,
    String status,
    Optional<Instant> revokedAt,
    Optional<String> reason,
    Optional<Instant> invalidityDate,
    String profile,
    String issuer,
    String organization,
    String requester,
    String contact,
    String subject,
    List<String> names,
    Instant notBefore,
    Instant notAfter,
    Instant issuedAt,
    String keyAlgorithm,
    String thumbprint,
    String keyThumbprint,
    Optional<String> replaces,
    Optional<Boolean> repeated,
    String certificate,
    String chain,
    Optional<ProofView> proof) {
  static CertificateView of(Entry entry, Issuer issuer) {
    return of(entry, issuer, Optional.empty());
  }

  /** What the same request had been given a short time ago. */
  static CertificateView repeated(Entry entry, Issuer issuer) {
    return of(entry, issuer, Optional.of(true));
  }

  CertificateView with(Optional<ProofView> found) {
    return new CertificateView(
        serial,
        status,
        revokedAt,
        reason,
        invalidityDate,
        profile,
        issuer,
        organization,
        requester,
        contact,
        subject,
        names,
        notBefore,
        notAfter,
        issuedAt,
        keyAlgorithm,
        thumbprint,
        keyThumbprint,
        replaces,
        repeated,
        certificate,
        chain,
        found);
  }

  private static CertificateView of(Entry entry, Issuer issuer, Optional<Boolean> repeated) {
    IssuedCertificate certificate = entry.certificate();
    return new CertificateView(
        entry.serial().hex(),
        statusText(entry.status()),
        since(entry.status()),
        reason(entry.status()),
        invalidityDate(entry.status()),
        entry.profile(),
        entry.issuer().value(),
        entry.organization().value(),
        entry.requester(),
        entry.contact(),
        certificate.subject(),
        certificate.names().stream().map(name -> name.text()).toList(),
        certificate.validity().notBefore(),
        certificate.validity().notAfter(),
        entry.issuedAt(),
        entry.keyAlgorithm(),
        certificate.thumbprint().hex(),
        certificate.key().thumbprint().hex(),
        entry.replaces().map(SerialNumber::hex),
        repeated,
        certificate.pem(),
        chain(issuer),
        Optional.empty());
  }

  /** The certificate and its issuers without the root, as TLS servers want it (RFC 8446 s4.4.2). */
  static String pemChain(Entry entry, Issuer issuer) {
    return entry.certificate().pem() + chain(issuer);
  }

  private static String chain(Issuer issuer) {
    String above =
        issuer.chain().stream()
            .filter(one -> !one.issuer().equals(one.subject()))
            .map(IssuedCertificate::pem)
            .collect(Collectors.joining());
    return issuer.certificate().pem() + above;
  }

  static String statusText(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good good -> "good";
      case CertificateStatus.Held held -> "held";
      case CertificateStatus.Revoked revoked -> "revoked";
    };
  }

  private static Optional<Instant> since(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good good -> Optional.empty();
      case CertificateStatus.Held held -> Optional.of(held.since());
      case CertificateStatus.Revoked revoked -> Optional.of(revoked.since());
    };
  }

  static Optional<String> reason(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good good -> Optional.empty();
      case CertificateStatus.Held held -> Optional.of(RevocationReason.CERTIFICATE_HOLD.text());
      case CertificateStatus.Revoked revoked -> Optional.of(revoked.reason().text());
    };
  }

  private static Optional<Instant> invalidityDate(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good good -> Optional.empty();
      case CertificateStatus.Held held -> Optional.empty();
      case CertificateStatus.Revoked revoked -> revoked.invalidityDate();
    };
  }
}
