package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;

/** The issuer field is not empty, and is octet for octet the issuer certificate's subject. */
final class IssuerNameSame extends Lint {

  IssuerNameSame() {
    super("issuer-name-same", "RFC 5280 s4.1.2.4");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.1.2.4: the issuer field MUST contain a non-empty distinguished name.
    if (it.issuer().size() == 0) {
      return Optional.of("empty");
    }
    // RFC 5280 s7.1 lets validators compare by octets, so the octets must be the same.
    return it.issuerName().equals(it.authority().name())
        ? Optional.empty()
        : Optional.of("not the subject of the issuer's certificate");
  }
}
