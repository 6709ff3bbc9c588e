package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** anyExtendedKeyUsage is not given away. */
final class EkuNotAny extends Lint {

  EkuNotAny() {
    super("eku-not-any", "RFC 5280 s4.2.1.12");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    boolean any =
        it.value(Extension.extendedKeyUsage)
            .map(ExtendedKeyUsage::getInstance)
            .map(usage -> usage.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage))
            .orElse(false);
    // RFC 5280 s4.2.1.12: anyExtendedKeyUsage lifts the limit that the extension is there to set.
    return any ? Optional.of("anyExtendedKeyUsage") : Optional.empty();
  }
}
