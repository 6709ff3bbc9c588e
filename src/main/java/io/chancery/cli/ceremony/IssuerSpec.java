package io.chancery.cli.ceremony;

import io.chancery.issuance.CaTerms;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyAlgorithm;
import java.time.Duration;

/**
 * An issuing authority as the file wants it.
 *
 * @param validity of a certificate that the ceremony signs itself; another root decides for itself
 * @param responderKey of the key that answers OCSP for it
 */
public record IssuerSpec(
    IssuerName name,
    DistinguishedName subject,
    KeyAlgorithm key,
    Duration validity,
    CaTerms terms,
    KeyAlgorithm responderKey) {
  String certificateFile() {
    return name + ".pem";
  }

  String requestFile() {
    return name + ".csr";
  }

  /** An authority between this one and the root, counted upwards from 1. */
  String aboveFile(int step) {
    return name + ".above-" + step + ".pem";
  }

  String keyLabel() {
    return "chancery issuer " + name;
  }

  String responderLabel() {
    return "chancery responder " + name;
  }
}
