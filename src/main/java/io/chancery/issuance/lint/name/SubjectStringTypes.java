package io.chancery.issuance.lint.name;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Attributes are UTF8String or PrintableString; country and serial number PrintableString, domain
 * component IA5String.
 */
final class SubjectStringTypes extends Lint {

  private static final Set<ASN1ObjectIdentifier> PRINTABLE =
      Set.of(BCStyle.C, BCStyle.SERIALNUMBER);

  SubjectStringTypes() {
    super("subject-string-types", "RFC 5280 s4.1.2.4, A.1");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    return Stream.of(it.subject().getRDNs())
        .map(rdn -> rdn.getFirst())
        .filter(pair -> !right(pair.getType(), pair.getValue()))
        .findFirst()
        .map(pair -> "attribute " + pair.getType() + " in a string type not its own");
  }

  private static boolean right(ASN1ObjectIdentifier type, ASN1Encodable value) {
    // RFC 5280 A.1: X520countryName and X520SerialNumber are PrintableString.
    if (PRINTABLE.contains(type)) {
      return value instanceof ASN1PrintableString text
          && ASN1PrintableString.isPrintableString(text.getString());
    }
    // RFC 5280 A.1: DomainComponent is IA5String.
    if (type.equals(BCStyle.DC)) {
      return value instanceof ASN1IA5String;
    }
    // RFC 5280 s4.1.2.4: CAs MUST use PrintableString or UTF8String.
    return value instanceof ASN1UTF8String || value instanceof ASN1PrintableString;
  }
}
