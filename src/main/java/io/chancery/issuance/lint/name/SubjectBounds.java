package io.chancery.issuance.lint.name;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Each attribute of the subject is alone in its RDN, not empty, and within its upper bound. */
final class SubjectBounds extends Lint {

  /** RFC 5280 A.1: ub-common-name and so on, in characters. */
  private static final Map<ASN1ObjectIdentifier, Integer> BOUNDS =
      Map.of(
          BCStyle.C, 2,
          BCStyle.ST, 128,
          BCStyle.L, 128,
          BCStyle.O, 64,
          BCStyle.OU, 64,
          BCStyle.CN, 64,
          BCStyle.SERIALNUMBER, 64,
          BCStyle.DC, 63);

  SubjectBounds() {
    super("subject-bounds", "RFC 5280 A.1");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    for (var rdn : it.subject().getRDNs()) {
      if (rdn.isMultiValued()) {
        return Optional.of("an RDN of several attributes");
      }
      ASN1ObjectIdentifier type = rdn.getFirst().getType();
      String value = ((ASN1String) rdn.getFirst().getValue()).getString();
      int length = value.codePointCount(0, value.length());
      Integer bound = BOUNDS.get(type);
      if (bound == null || length == 0 || length > bound) {
        return Optional.of("attribute " + type + " of " + length + " characters");
      }
    }
    return Optional.empty();
  }
}
