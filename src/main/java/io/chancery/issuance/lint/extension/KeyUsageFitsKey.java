package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** keyUsage promises only what the kind of key can do. */
final class KeyUsageFitsKey extends Lint {

  private static final int EC_CANNOT = KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;
  private static final int EDWARDS_CANNOT =
      EC_CANNOT | KeyUsage.keyAgreement | KeyUsage.encipherOnly | KeyUsage.decipherOnly;
  private static final int RSA_CANNOT =
      KeyUsage.keyAgreement | KeyUsage.encipherOnly | KeyUsage.decipherOnly;

  KeyUsageFitsKey() {
    super("key-usage-fits-key", "RFC 3279 s2.3.1, RFC 8813 s3, RFC 8410 s5");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    int bits =
        it.value(Extension.keyUsage)
            .map(value -> ASN1BitString.getInstance(value).intValue())
            .orElse(0);
    ASN1ObjectIdentifier algorithm = it.key().getAlgorithm().getAlgorithm();
    // RFC 8813 s3: with id-ecPublicKey, keyEncipherment and dataEncipherment MUST NOT be present.
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) && (bits & EC_CANNOT) != 0) {
      return Optional.of("an elliptic curve key does not encipher");
    }
    // RFC 8410 s5: with id-Ed25519 only signing usages.
    if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519) && (bits & EDWARDS_CANNOT) != 0) {
      return Optional.of("an Ed25519 key only signs");
    }
    // RFC 3279 s2.3.1: an RSA key signs and enciphers; it does not agree on keys.
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption) && (bits & RSA_CANNOT) != 0) {
      return Optional.of("an RSA key does not agree on keys");
    }
    return Optional.empty();
  }
}
