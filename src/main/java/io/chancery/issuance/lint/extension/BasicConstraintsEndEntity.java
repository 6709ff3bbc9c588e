package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;

/** basicConstraints is there, critical, and says only that this is no authority. */
final class BasicConstraintsEndEntity extends Lint {

  BasicConstraintsEndEntity() {
    super("basic-constraints-end-entity", "RFC 5280 s4.2.1.9");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<Extension> extension = it.extension(Extension.basicConstraints);
    if (extension.isEmpty() || !extension.get().isCritical()) {
      return Optional.of(extension.isEmpty() ? "missing" : "not critical");
    }
    // RFC 5280 s4.2.1.9: cA DEFAULT FALSE, so it is not written; pathLenConstraint only with cA.
    return ASN1Sequence.getInstance(extension.get().getParsedValue()).size() == 0
        ? Optional.empty()
        : Optional.of("says more than that this is no authority");
  }
}
