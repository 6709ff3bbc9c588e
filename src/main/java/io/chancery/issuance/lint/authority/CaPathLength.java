package io.chancery.issuance.lint.authority;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;

/** An authority's path length leaves room under its issuer's. */
final class CaPathLength extends Lint {

  CaPathLength() {
    super("ca-path-length", "RFC 5280 s4.2.1.9, s6.1.4 l");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<Integer> above = it.authority().pathLength();
    ASN1Integer own =
        it.value(Extension.basicConstraints)
            .map(BasicConstraints::getInstance)
            .map(BasicConstraints::getPathLenConstraintInteger)
            .orElse(null);
    if (own != null && own.getValue().signum() < 0) {
      return Optional.of("negative");
    }
    // RFC 5280 s6.1.4 (l) and (m): each step down takes one from what the issuer leaves.
    if (above.isEmpty()) {
      return Optional.empty();
    }
    return own != null && own.intValueExact() < above.get()
        ? Optional.empty()
        : Optional.of("not below the issuer's " + above.get());
  }
}
