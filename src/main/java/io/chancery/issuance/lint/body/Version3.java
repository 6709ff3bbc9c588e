package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;

/** What carries extensions is version 3. */
final class Version3 extends Lint {

  Version3() {
    super("version-3", "RFC 5280 s4.1.2.1");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.1.2.1: when extensions are used, version MUST be 3 (value is 2).
    return it.version() == 2 ? Optional.empty() : Optional.of("version value " + it.version());
  }
}
