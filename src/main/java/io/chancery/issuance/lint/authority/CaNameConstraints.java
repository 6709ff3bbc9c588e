package io.chancery.issuance.lint.authority;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.NameConstraints;

/** Name constraints are critical and constrain something. */
final class CaNameConstraints extends Lint {

  CaNameConstraints() {
    super("ca-name-constraints", "RFC 5280 s4.2.1.10");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<Extension> extension = it.extension(Extension.nameConstraints);
    if (extension.isEmpty()) {
      return Optional.empty();
    }
    // RFC 5280 s4.2.1.10: conforming CAs MUST mark this extension as critical...
    if (!extension.get().isCritical()) {
      return Optional.of("not critical");
    }
    NameConstraints constraints = NameConstraints.getInstance(extension.get().getParsedValue());
    // ... and MUST NOT issue an empty sequence.
    return constraints.getPermittedSubtrees() == null && constraints.getExcludedSubtrees() == null
        ? Optional.of("empty")
        : Optional.empty();
  }
}
