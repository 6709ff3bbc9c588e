package io.chancery.issuance;

import io.chancery.hsm.SigningKey;
import io.chancery.x509.IssuedCertificate;

/** A certificate and the key it speaks for: whoever signs CRLs and OCSP answers. */
record Signatory(CaCertificate certificate, Seal seal) {
  static Signatory of(IssuedCertificate certificate, SigningKey key) {
    CaCertificate parsed = CaCertificate.of(certificate);
    return new Signatory(
        parsed, new Seal(key, parsed.keyInfo(), "certificate of " + certificate.subject()));
  }
}
