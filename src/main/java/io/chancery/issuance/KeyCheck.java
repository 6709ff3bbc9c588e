package io.chancery.issuance;

import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.verify.EcdsaKey;
import java.security.PublicKey;
import java.util.Optional;

/**
 * A public key that signatures are held against, again and again. EC by {@link EcdsaKey}, in a
 * seventh of the time that the JDK takes; the rest by the JDK.
 */
final class KeyCheck {
  private final PublicKey key;
  private final Optional<EcdsaKey> curve;

  private KeyCheck(PublicKey key, Optional<EcdsaKey> curve) {
    this.key = key;
    this.curve = curve;
  }

  static KeyCheck of(PublicKey key) {
    return new KeyCheck(
        key, key.getAlgorithm().equals("EC") ? EcdsaKey.read(key.getEncoded()) : Optional.empty());
  }

  PublicKey key() {
    return key;
  }

  /** Whether the signature was made over these octets; what cannot be a signature was not. */
  boolean holds(SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    return curve
        .filter(of -> !algorithm.digest().isEmpty())
        .map(on -> on.holds(algorithm.hash(message), signature))
        .orElseGet(() -> SignatureCheck.holds(algorithm, key, message, signature));
  }

  /** The same over a message that was hashed before. */
  boolean holds(SignatureAlgorithm algorithm, SignatureCheck.Digest hash, byte[] signature) {
    return curve
        .map(on -> on.holds(hash.octets(), signature))
        .orElseGet(() -> SignatureCheck.holds(algorithm, key, hash, signature));
  }
}
