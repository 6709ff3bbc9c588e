package io.chancery.issuance.lint.name;

import io.chancery.Quoted;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.GeneralName;

/** A wildcard is the whole leftmost label, with two labels or more behind it. */
final class DnsWildcardLeftmost extends Lint {

  DnsWildcardLeftmost() {
    super("dns-wildcard-leftmost", "RFC 9525 s6.3");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    return it.names(GeneralName.dNSName).stream()
        .map(name -> ASN1IA5String.getInstance(name.getName()).getString())
        .filter(name -> name.contains("*") && !sound(name))
        .findFirst()
        .map(Quoted::of);
  }

  private static boolean sound(String name) {
    String rest = name.substring(Math.min(name.length(), 2));
    // RFC 9525 s6.3: only the complete left-most label may be the wildcard character.
    return name.startsWith("*.") && rest.contains(".") && !rest.contains("*");
  }
}
