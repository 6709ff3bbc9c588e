package io.chancery.hsm;

import io.chancery.x509.KeyId;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.SubjectPublicKey;
import java.util.Map;

/** A private key that can be used and not be seen. */
public interface SigningKey {
  KeyId id();

  SubjectPublicKey publicKey();

  /** The name it was made under; empty for a key that has none. */
  default String label() {
    return "";
  }

  /** What {@link #sign} makes. */
  default SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.fittingTo(publicKey().algorithm());
  }

  /**
   * Hashes and signs a message that is not empty; the answer is encoded as X.509 wants it (ECDSA:
   * Ecdsa-Sig-Value, RFC 3279 s2.2.3). Throws {@code Busy} when the queue is full and {@code
   * Unavailable} when the token is away.
   */
  byte[] sign(byte[] message);

  /** The same, counted under what it is made for. */
  default byte[] sign(Purpose purpose, byte[] message) {
    return sign(message);
  }

  /** Whether it can sign with this algorithm as well. */
  default boolean can(SignatureAlgorithm other) {
    return other == algorithm();
  }

  /** Signs with another algorithm than {@link #algorithm()}; one that it {@link #can}. */
  default byte[] sign(Purpose purpose, SignatureAlgorithm with, byte[] message) {
    if (with != algorithm()) {
      throw new IllegalArgumentException("this key does not sign with " + with);
    }
    return sign(purpose, message);
  }

  /**
   * The same signature over a message that was hashed before. Only a key that cannot sign a hash
   * reads the message: Ed25519 (RFC 8032 s5.1 hashes it twice), and a token that insists on
   * hashing.
   */
  default byte[] sign(Purpose purpose, HashedMessage message) {
    return sign(purpose, message.whole().get());
  }

  /**
   * How many signatures this key has made since the process started, whether or not anybody
   * received them: what the ledger's count is compared with. Nothing for a key that nobody counts.
   */
  default Map<Purpose, Long> made() {
    return Map.of();
  }

  /** The sum of {@link #made()}. */
  default long signatures() {
    return made().values().stream().mapToLong(Long::longValue).sum();
  }
}
