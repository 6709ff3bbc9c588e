package io.chancery.issuance.lint.authority;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;

/** An authority has a name: it is the issuer of others. */
final class CaSubjectNamed extends Lint {

  CaSubjectNamed() {
    super("ca-subject-named", "RFC 5280 s4.1.2.6");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.1.2.6: a CA's subject MUST be a non-empty distinguished name.
    return it.subject().size() > 0 ? Optional.empty() : Optional.of("an empty subject");
  }
}
