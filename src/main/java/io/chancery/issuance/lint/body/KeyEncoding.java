package io.chancery.issuance.lint.body;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The SubjectPublicKeyInfo is encoded as the standard of its algorithm says. */
final class KeyEncoding extends Lint {

  private static final int ED25519_OCTETS = 32;

  KeyEncoding() {
    super("key-encoding", "RFC 3279 s2.3, RFC 5480 s2, RFC 8410 s3");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    SubjectPublicKeyInfo key = it.key();
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    // RFC 5280 s4.1.2.7 with X.690 s11.2.1: the keys are whole octets.
    if (key.getPublicKeyData().getPadBits() != 0) {
      return Optional.of("a key that is no whole number of octets");
    }
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      // RFC 3279 s2.3.1: the parameters field MUST have ASN.1 type NULL.
      return DERNull.INSTANCE.equals(key.getAlgorithm().getParameters())
          ? Optional.empty()
          : Optional.of("RSA without NULL parameters");
    }
    if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
      // RFC 8410 s3: the parameters MUST be absent. s4: 32 octets as RFC 8032 has them.
      return key.getAlgorithm().getParameters() == null
              && key.getPublicKeyData().getOctets().length == ED25519_OCTETS
          ? Optional.empty()
          : Optional.of("Ed25519 with parameters or of the wrong length");
    }
    return algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? ec(key) : Optional.empty();
  }

  private static Optional<String> ec(SubjectPublicKeyInfo key) {
    // RFC 5480 s2.1.1: namedCurve MUST be used; specifiedCurve and implicitCurve MUST NOT.
    if (!(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier)) {
      return Optional.of("an elliptic curve that is not named");
    }
    // RFC 5480 s2.2: the uncompressed form, first octet 04, MUST be supported.
    byte[] point = key.getPublicKeyData().getOctets();
    return point.length % 2 == 1 && point[0] == 4
        ? Optional.empty()
        : Optional.of("an elliptic curve point that is not uncompressed");
  }
}
