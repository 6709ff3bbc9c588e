package io.chancery.issuance;

import io.chancery.x509.SignatureAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * A public key that signatures are held against, again and again. EC by BouncyCastle, which
 * verifies P-256 in half the time that the JDK takes; the rest by the JDK.
 */
final class KeyCheck {
  private final PublicKey key;
  private final Optional<ECPublicKeyParameters> curve;

  private KeyCheck(PublicKey key, Optional<ECPublicKeyParameters> curve) {
    this.key = key;
    this.curve = curve;
  }

  static KeyCheck of(PublicKey key) {
    if (!key.getAlgorithm().equals("EC")) {
      return new KeyCheck(key, Optional.empty());
    }
    try {
      return new KeyCheck(
          key, Optional.of((ECPublicKeyParameters) PublicKeyFactory.createKey(key.getEncoded())));
    } catch (IOException impossible) {
      throw new IllegalStateException("the JDK has read this key", impossible);
    }
  }

  PublicKey key() {
    return key;
  }

  /** Whether the signature was made over these octets; what cannot be a signature was not. */
  boolean holds(SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    return curve
        .filter(of -> !algorithm.digest().isEmpty())
        .map(on -> ecdsa(on, algorithm, message, signature))
        .orElseGet(() -> SignatureCheck.holds(algorithm, key, message, signature));
  }

  private static boolean ecdsa(
      ECPublicKeyParameters key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    try {
      BigInteger[] pair =
          StandardDSAEncoding.INSTANCE.decode(key.getParameters().getN(), signature);
      ECDSASigner check = new ECDSASigner();
      check.init(false, key);
      return check.verifySignature(
          MessageDigest.getInstance(algorithm.digest()).digest(message), pair[0], pair[1]);
    } catch (IOException | IllegalArgumentException | ClassCastException notASignature) {
      return false; // BouncyCastle casts what it reads
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has the SHA-2 family", impossible);
    }
  }
}
