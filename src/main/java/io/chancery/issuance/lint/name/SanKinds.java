package io.chancery.issuance.lint.name;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;

/** Names are of the four kinds whose form is checked here. */
final class SanKinds extends Lint {

  private static final Set<Integer> KINDS =
      Set.of(
          GeneralName.dNSName,
          GeneralName.iPAddress,
          GeneralName.uniformResourceIdentifier,
          GeneralName.rfc822Name);

  SanKinds() {
    super("san-kinds", "RFC 5280 s4.2.1.6");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.2.1.6: all parts of the subject alternative name MUST be verified by the CA.
    return it.names().stream()
        .filter(name -> !KINDS.contains(name.getTagNo()))
        .findFirst()
        .map(name -> "a name with tag " + name.getTagNo());
  }
}
