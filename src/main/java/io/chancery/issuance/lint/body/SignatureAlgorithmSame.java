package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;

/** The algorithm inside the signed part is the one beside the signature. */
final class SignatureAlgorithmSame extends Lint {

  SignatureAlgorithmSame() {
    super("signature-algorithm-same", "RFC 5280 s4.1.1.2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.1.1.2: this field MUST contain the same algorithm identifier as the signature
    // field in the sequence tbsCertificate.
    return it.innerAlgorithm().equals(it.outerAlgorithm())
        ? Optional.empty()
        : Optional.of(
            it.innerAlgorithm().getAlgorithm()
                + " inside, "
                + it.outerAlgorithm().getAlgorithm()
                + " outside");
  }
}
