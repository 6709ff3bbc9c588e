package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import io.chancery.x509.Der;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/** The encoding is DER: there is no second way to write the same certificate. */
final class DerCanonical extends Lint {

  DerCanonical() {
    super("der-canonical", "RFC 5280 s4.1, X.690 s10 and s11");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    try {
      // RFC 5280 s4.1: encoded using the distinguished encoding rules, X.690.
      if (!Der.of(it.outer().getEncoded(ASN1Encoding.DER)).equals(it.certificate())) {
        return Optional.of("the certificate is not DER");
      }
      for (ASN1Sequence extension : it.rawExtensions()) {
        if (!canonical(extension)) {
          return Optional.of("extension " + extension.getObjectAt(0) + " is not DER");
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of("the certificate has no DER encoding");
    }
  }

  private static boolean canonical(ASN1Sequence extension) throws IOException {
    // X.690 s11.5: a value equal to its DEFAULT is not encoded, as critical FALSE.
    boolean falseWritten =
        extension.size() == 3 && !ASN1Boolean.getInstance(extension.getObjectAt(1)).isTrue();
    byte[] value =
        ASN1OctetString.getInstance(extension.getObjectAt(extension.size() - 1)).getOctets();
    return !falseWritten
        && Arrays.equals(value, ASN1Primitive.fromByteArray(value).getEncoded(ASN1Encoding.DER));
  }
}
