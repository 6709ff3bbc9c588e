package io.chancery.issuance.lint.name;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;

/** An iPAddress has 4 or 16 octets. */
final class IpOctets extends Lint {

  IpOctets() {
    super("ip-octets", "RFC 5280 s4.2.1.6");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.2.1.6: IPv4 exactly four octets, IPv6 exactly sixteen.
    return it.names(GeneralName.iPAddress).stream()
        .map(name -> ASN1OctetString.getInstance(name.getName()).getOctets().length)
        .filter(length -> length != 4 && length != 16)
        .findFirst()
        .map(length -> length + " octets");
  }
}
