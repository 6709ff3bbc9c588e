package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;

/** notBefore is not after notAfter. */
final class ValidityOrder extends Lint {

  ValidityOrder() {
    super("validity-order", "RFC 5280 s4.1.2.5");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.1.2.5: the period from notBefore through notAfter, inclusive.
    return it.notBefore().isAfter(it.notAfter())
        ? Optional.of("begins " + it.notBefore() + ", ends " + it.notAfter())
        : Optional.empty();
  }
}
