package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Who is no authority signs neither certificates nor CRLs. */
final class KeyUsageNotOfAuthority extends Lint {

  private static final int OF_AUTHORITY = KeyUsage.keyCertSign | KeyUsage.cRLSign;

  KeyUsageNotOfAuthority() {
    super("key-usage-not-of-authority", "RFC 5280 s4.2.1.3, s4.2.1.9");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    int bits =
        it.value(Extension.keyUsage)
            .map(value -> ASN1BitString.getInstance(value).intValue())
            .orElse(0);
    // RFC 5280 s4.2.1.9: if cA is not asserted, keyCertSign MUST NOT be asserted. cRLSign without
    // an indirect CRL has no meaning either.
    return (bits & OF_AUTHORITY) == 0
        ? Optional.empty()
        : Optional.of("keyCertSign or cRLSign in an end entity's certificate");
  }
}
