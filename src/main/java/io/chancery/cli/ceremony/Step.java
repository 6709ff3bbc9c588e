package io.chancery.cli.ceremony;

import io.chancery.x509.IssuedCertificate;
import java.util.List;

/**
 * One step of a ceremony.
 *
 * @param what is told while it goes on
 * @param facts stand below it in the transcript: identifiers and hashes, never a secret
 */
record Step(String what, List<String> facts) {
  Step {
    facts = List.copyOf(facts);
  }

  static Step of(String what, String... facts) {
    return new Step(what, List.of(facts));
  }

  static Step certificate(String name, IssuedCertificate certificate) {
    return of(
        "certificate " + name + ": " + certificate.subject(),
        "signed by " + certificate.issuer(),
        "valid " + certificate.validity().notBefore() + " to " + certificate.validity().notAfter(),
        "serial number " + certificate.serial(),
        "SHA-256 " + certificate.thumbprint(),
        "SHA-256 of its public key " + certificate.key().thumbprint());
  }
}
