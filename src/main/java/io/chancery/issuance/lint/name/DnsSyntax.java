package io.chancery.issuance.lint.name;

import io.chancery.Quoted;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * A dNSName is in the preferred name syntax, with the underscore that service names have (RFC
 * 2782).
 */
final class DnsSyntax extends Lint {

  private static final int LONGEST = 253;
  private static final Pattern NAME =
      Pattern.compile(
          "(?:LABEL\\.)*LABEL".replace("LABEL", "[a-z0-9_*](?:[a-z0-9_*-]{0,61}[a-z0-9_*])?"));

  DnsSyntax() {
    super("dns-syntax", "RFC 5280 s4.2.1.6, RFC 1034 s3.5");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    return it.names(GeneralName.dNSName).stream()
        .map(name -> ASN1IA5String.getInstance(name.getName()).getString())
        .filter(name -> !sound(name))
        .findFirst()
        .map(Quoted::of);
  }

  private static boolean sound(String name) {
    // RFC 1034 s3.5: labels of 1 to 63 letters, digits and inner hyphens. RFC 1035 s2.3.4: 253
    // characters in all. Where a wildcard may stand is a rule of its own.
    return name.length() <= LONGEST && NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }
}
