package io.chancery.rotation;

import io.chancery.issuance.Issuers;
import io.chancery.ledger.Losses;
import io.chancery.x509.JavaCertificates;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** Holds a certificate against the keys of this authority's issuers; the database has no say. */
@Singleton
final class LossEmployer implements Losses.Employer {
  private final Issuers issuers;

  @Inject
  LossEmployer(Issuers issuers) {
    this.issuers = issuers;
  }

  @Override
  public boolean hasIssued(X509Certificate certificate) {
    return issuers.all().stream()
        .map(issuer -> JavaCertificates.of(issuer.certificate()))
        .anyMatch(issuer -> isSignedBy(certificate, issuer));
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException other) {
      return false;
    }
  }
}
