package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.issuance.der.Tbs;
import io.chancery.x509.Der;
import io.chancery.x509.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
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

  /** A message's hash. */
  @SuppressWarnings("ArrayRecordComponent") // made, checked, forgotten
  record Digest(byte[] octets) {}

  /** The same over a message that was hashed before; no Ed25519, which does not sign a hash. */
  static boolean holds(
      SignatureAlgorithm algorithm, PublicKey key, Digest digest, byte[] signature) {
    try {
      return switch (key) {
        case RSAPublicKey rsa -> holds(algorithm, rsa, digest, new BigInteger(1, signature));
        case ECPublicKey ec -> {
          Signature check = Signature.getInstance("NONEwithECDSA");
          check.initVerify(ec);
          check.update(digest.octets());
          yield check.verify(signature);
        }
        default -> false;
      };
    } catch (GeneralSecurityException notASignature) {
      return false;
    }
  }

  /** RFC 8017 s8.2.2: the whole padded message is compared, nothing of it is read. */
  private static boolean holds(
      SignatureAlgorithm algorithm, RSAPublicKey key, Digest digest, BigInteger signature) {
    int length = (key.getModulus().bitLength() + 7) / 8;
    byte[] info = Tbs.encode(new DigestInfo(digestIdentifier(algorithm), digest.octets())).octets();
    byte[] padded = new byte[length];
    Arrays.fill(padded, (byte) 0xff);
    padded[0] = 0;
    padded[1] = 1;
    padded[length - info.length - 1] = 0;
    System.arraycopy(info, 0, padded, length - info.length, info.length);
    return signature
        .modPow(key.getPublicExponent(), key.getModulus())
        .equals(new BigInteger(1, padded));
  }

  /** RFC 8017 s9.2, note 1: the parameters are NULL. */
  private static AlgorithmIdentifier digestIdentifier(SignatureAlgorithm algorithm) {
    ASN1ObjectIdentifier oid =
        switch (algorithm.digest()) {
          case "SHA-384" -> NISTObjectIdentifiers.id_sha384;
          case "SHA-512" -> NISTObjectIdentifiers.id_sha512;
          default -> NISTObjectIdentifiers.id_sha256;
        };
    return new AlgorithmIdentifier(oid, DERNull.INSTANCE);
  }
}
