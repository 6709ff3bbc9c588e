package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import io.chancery.x509.Der;
import io.chancery.x509.KeyId;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** subjectKeyIdentifier is the identifier of the certificate's own key. */
final class SkiRight extends Lint {

  SkiRight() {
    super("ski-right", "RFC 5280 s4.2.1.2, RFC 7093 s2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<byte[]> ski =
        it.value(Extension.subjectKeyIdentifier)
            .map(SubjectKeyIdentifier::getInstance)
            .map(SubjectKeyIdentifier::getKeyIdentifier);
    // RFC 5280 s4.2.1.2: this extension SHOULD be included in all end entity certificates.
    if (ski.isEmpty()) {
      return Optional.of("missing");
    }
    // RFC 7093 s2 method 1: the leftmost 160 bits of the SHA-256 hash of the key's BIT STRING.
    return Arrays.equals(ski.get(), keyId(it).octets())
        ? Optional.empty()
        : Optional.of("not the identifier of the key");
  }

  private static KeyId keyId(Specimen it) {
    try {
      return KeyId.of(Der.of(it.key().getEncoded()));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("the key has no encoding", unreadable);
    }
  }
}
