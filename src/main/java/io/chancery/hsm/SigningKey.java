package io.chancery.hsm;

import io.chancery.x509.KeyId;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.SubjectPublicKey;

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

  /**
   * How many signatures this key has made since the process started, whether or not anybody
   * received them: what the ledger's count is compared with. 0 for a key that nobody counts.
   */
  default long signatures() {
    return 0;
  }
}
