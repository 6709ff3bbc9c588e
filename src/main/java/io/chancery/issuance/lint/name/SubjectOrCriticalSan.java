package io.chancery.issuance.lint.name;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;

/** Where the subject is empty, a critical subjectAltName stands in for it. */
final class SubjectOrCriticalSan extends Lint {

  SubjectOrCriticalSan() {
    super("subject-or-critical-san", "RFC 5280 s4.1.2.6, s4.2.1.6");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    boolean critical =
        it.extension(Extension.subjectAlternativeName).map(Extension::isCritical).orElse(false);
    // RFC 5280 s4.1.2.6: if subject naming is only in subjectAltName, the subject MUST be empty
    // and the subjectAltName extension MUST be critical.
    return it.subject().size() == 0 && !critical
        ? Optional.of("an empty subject without a critical subjectAltName")
        : Optional.empty();
  }
}
