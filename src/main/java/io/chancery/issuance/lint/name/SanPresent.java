package io.chancery.issuance.lint.name;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** subjectAltName holds at least one name, and servers have it. */
final class SanPresent extends Lint {

  SanPresent() {
    super("san-present", "RFC 5280 s4.2.1.6, RFC 9525 s2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    // RFC 5280 s4.2.1.6: if the extension is present, the sequence MUST contain an entry.
    if (it.has(Extension.subjectAlternativeName)) {
      return it.names().isEmpty() ? Optional.of("no name in it") : Optional.empty();
    }
    boolean server =
        it.value(Extension.extendedKeyUsage)
            .map(ExtendedKeyUsage::getInstance)
            .map(usage -> usage.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth))
            .orElse(false);
    // RFC 9525 s2: a server is identified by subjectAltName; the common name is not looked at.
    return server ? Optional.of("missing from a server's certificate") : Optional.empty();
  }
}
