package io.chancery.cli.ceremony;

import io.chancery.issuance.AuthorityCertificates;
import io.chancery.x509.IssuedCertificate;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** What lies on the table during a ceremony. */
record Table(
    CeremonySpec spec,
    Papers papers,
    Transcript transcript,
    InstantSource clock,
    SecureRandom random) {
  AuthorityCertificates authorities() {
    return new AuthorityCertificates(random, clock);
  }

  Instant now() {
    return clock.instant();
  }

  /** A certificate's line in the transcript. */
  static String words(String name, IssuedCertificate certificate) {
    return "certificate %s: %s, serial number %s, SHA-256 %s, valid %s to %s, signed by %s"
        .formatted(
            name,
            certificate.subject(),
            certificate.serial(),
            certificate.thumbprint(),
            certificate.validity().notBefore(),
            certificate.validity().notAfter(),
            certificate.issuer());
  }
}
