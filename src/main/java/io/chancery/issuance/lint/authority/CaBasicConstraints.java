package io.chancery.issuance.lint.authority;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;

/** An authority says so in a critical basicConstraints. */
final class CaBasicConstraints extends Lint {

  CaBasicConstraints() {
    super("ca-basic-constraints", "RFC 5280 s4.2.1.9");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<Extension> extension = it.extension(Extension.basicConstraints);
    // RFC 5280 s4.2.1.9: MUST be included and critical in certificates whose keys sign others.
    if (extension.isEmpty() || !extension.get().isCritical()) {
      return Optional.of(extension.isEmpty() ? "missing" : "not critical");
    }
    return BasicConstraints.getInstance(extension.get().getParsedValue()).isCA()
        ? Optional.empty()
        : Optional.of("not an authority's");
  }
}
