package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;

/** extendedKeyUsage is there with a purpose, each once. */
final class EkuPresent extends Lint {

  EkuPresent() {
    super("eku-present", "RFC 5280 s4.2.1.12");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<ASN1Sequence> purposes =
        it.value(Extension.extendedKeyUsage).map(ASN1Sequence::getInstance);
    // RFC 5280 s4.2.1.12: SEQUENCE SIZE (1..MAX); without it a certificate serves every purpose.
    if (purposes.isEmpty() || purposes.get().size() == 0) {
      return Optional.of("missing or empty");
    }
    Set<ASN1Encodable> seen = new HashSet<>();
    for (ASN1Encodable purpose : purposes.get()) {
      if (!seen.add(purpose)) {
        return Optional.of("purpose " + purpose + " twice");
      }
    }
    return Optional.empty();
  }
}
