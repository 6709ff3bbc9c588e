package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.x509.Der;
import io.chancery.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Public keys read, and signatures checked with them. */
final class SignatureCheck {
  private SignatureCheck() {}

  static PublicKey key(Der subjectPublicKeyInfo) {
    try {
      var algorithm =
          SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo.octets())
              .getAlgorithm()
              .getAlgorithm();
      String name;
      if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
        name = "EC";
      } else if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
        name = "RSA";
      } else if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
        name = "Ed25519";
      } else {
        throw new Failure.Malformed(
                "public key", "", algorithm + " is not used here", "RFC 5280 s4.1.2.7")
            .thrown();
      }
      return KeyFactory.getInstance(name)
          .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo.octets()));
    } catch (GeneralSecurityException unreadable) {
      throw new Failure.Malformed("public key", "", "cannot be read", "RFC 5280 s4.1.2.7")
          .because(unreadable);
    }
  }

  /** Whether the signature was made over these octets; what cannot be a signature was not. */
  static boolean holds(
      SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance(algorithm.jcaName());
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException notASignature) {
      return false;
    }
  }
}
