package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * One certificate in the book.
 *
 * @param keyAlgorithm as {@code KeyAlgorithm} writes it
 * @param statusVersion grows by one with every change of status; 0 for a new certificate
 */
public record Entry(
    IssuedCertificate certificate,
    IssuerName issuer,
    String profile,
    OrganizationId organization,
    String requester,
    String contact,
    Optional<SerialNumber> replaces,
    String keyAlgorithm,
    Instant issuedAt,
    CertificateStatus status,
    int statusVersion) {
  public SerialNumber serial() {
    return certificate.serial();
  }
}
