package io.chancery.issuance.lint.name;

import io.chancery.Quoted;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.GeneralName;

/** An address does not stand in a dNSName. */
final class DnsNotAddress extends Lint {

  private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)");

  DnsNotAddress() {
    super("dns-not-address", "RFC 5280 s4.2.1.6");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.2.1.6: an address MUST be in iPAddress. RFC 3696 s2: no top-level domain is a
    // number.
    return it.names(GeneralName.dNSName).stream()
        .map(name -> ASN1IA5String.getInstance(name.getName()).getString())
        .filter(name -> NUMBER.matcher(name).matches() || name.contains(":"))
        .findFirst()
        .map(Quoted::of);
  }
}
