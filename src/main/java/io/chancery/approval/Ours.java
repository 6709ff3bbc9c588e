package io.chancery.approval;

import io.chancery.issuance.Issuers;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;

/** Whose certificates are this authority's, whatever a table says: its issuers' keys decide. */
@Singleton
final class Ours {
  private final Issuers issuers;

  @Inject
  Ours(Issuers issuers) {
    this.issuers = issuers;
  }

  boolean hasSigned(IssuedCertificate certificate) {
    return issuers.all().stream().anyMatch(one -> signed(one.certificate(), certificate));
  }

  private static boolean signed(IssuedCertificate issuer, IssuedCertificate certificate) {
    try {
      JavaCertificates.of(certificate).verify(JavaCertificates.of(issuer).getPublicKey());
      return true;
    } catch (GeneralSecurityException another) {
      return false;
    }
  }
}
