package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;

/** A certificate is valid only while its issuer's is: a path is valid when all of it is. */
final class ValidityWithinIssuer extends Lint {

  ValidityWithinIssuer() {
    super("validity-within-issuer", "RFC 5280 s6.1.3 a");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    var issuer = it.authority().validity();
    // RFC 5280 s6.1.3 (a)(2): every certificate of the path must be valid at the same time.
    if (it.notBefore().isBefore(issuer.notBefore())) {
      return Optional.of("begins " + it.notBefore() + ", the issuer " + issuer.notBefore());
    }
    return it.notAfter().isAfter(issuer.notAfter())
        ? Optional.of("ends " + it.notAfter() + ", the issuer " + issuer.notAfter())
        : Optional.empty();
  }
}
