package io.chancery.issuance.lint.name;

import io.chancery.Quoted;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.GeneralName;

/** A URI is absolute: a scheme, and something behind it. */
final class UriAbsolute extends Lint {

  UriAbsolute() {
    super("uri-absolute", "RFC 5280 s4.2.1.6, RFC 3986 s4.3");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    return it.names(GeneralName.uniformResourceIdentifier).stream()
        .map(name -> ASN1IA5String.getInstance(name.getName()).getString())
        .filter(text -> !sound(text))
        .findFirst()
        .map(Quoted::of);
  }

  private static boolean sound(String text) {
    try {
      URI uri = new URI(text);
      // RFC 5280 s4.2.1.6: the name MUST NOT be a relative URI, and has scheme and specific part.
      return uri.isAbsolute() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    } catch (URISyntaxException noUri) {
      return false;
    }
  }
}
