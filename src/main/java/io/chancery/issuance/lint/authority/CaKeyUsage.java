package io.chancery.issuance.lint.authority;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** An authority signs certificates and CRLs, and may sign besides; it does nothing else. */
final class CaKeyUsage extends Lint {

  private static final int NEEDED = KeyUsage.keyCertSign | KeyUsage.cRLSign;

  CaKeyUsage() {
    super("ca-key-usage", "RFC 5280 s4.2.1.3");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    int bits =
        it.value(Extension.keyUsage)
            .map(value -> ASN1BitString.getInstance(value).intValue())
            .orElse(0);
    // RFC 5280 s4.2.1.3: keyCertSign to sign certificates, cRLSign to sign CRLs.
    return (bits & NEEDED) == NEEDED && (bits & ~(NEEDED | KeyUsage.digitalSignature)) == 0
        ? Optional.empty()
        : Optional.of("other than keyCertSign and cRLSign");
  }
}
