package io.chancery.issuance.lint.name;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;

/** Beside a subject, subjectAltName is not critical. */
final class SanNotCriticalBesideSubject extends Lint {

  SanNotCriticalBesideSubject() {
    super("san-not-critical-beside-subject", "RFC 5280 s4.2.1.6");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    boolean critical =
        it.extension(Extension.subjectAlternativeName).map(Extension::isCritical).orElse(false);
    // RFC 5280 s4.2.1.6: with a non-empty subject, CAs SHOULD mark subjectAltName non-critical.
    return it.subject().size() > 0 && critical
        ? Optional.of("a critical subjectAltName beside a subject")
        : Optional.empty();
  }
}
