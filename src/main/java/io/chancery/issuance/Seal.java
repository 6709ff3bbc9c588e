package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.HashedMessage;
import io.chancery.hsm.Purpose;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.Der;
import io.chancery.x509.SignatureAlgorithm;
import java.security.PublicKey;

/**
 * A key that signs, and the public key its signatures are held against: nothing leaves with a
 * signature that does not verify, whatever the token answered.
 */
final class Seal {
  private static final byte[] NOTHING = {};

  private final SigningKey key;
  private final PublicKey publicKey;

  /**
   * @param expected the public key that the world will check with, as its certificate has it
   * @param where names the certificate in the failure when the key is another one
   */
  Seal(SigningKey key, Der expected, String where) {
    this.key = key;
    this.publicKey = SignatureCheck.key(expected);
    if (!publicKey.equals(SignatureCheck.key(key.publicKey().info()))) {
      throw new Failure.Misconfigured(
              where,
              "the key " + key.id() + " is not the key of the certificate",
              "name the key that the certificate was made for")
          .thrown();
    }
  }

  SignatureAlgorithm algorithm() {
    return key.algorithm();
  }

  /** Signs a body that may be too long for memory, and answers the signature alone. */
  byte[] sign(Purpose purpose, String what, Octets body) {
    byte[] signature;
    boolean holds;
    String digest = algorithm().digest();
    if (digest.isEmpty()) {
      byte[] whole = body.whole(); // RFC 8032 s5.1: Ed25519 reads its message twice
      signature = key.sign(purpose, whole);
      holds = SignatureCheck.holds(algorithm(), publicKey, whole, signature);
    } else {
      signature = key.sign(purpose, new HashedMessage(body.hash(digest), body::whole));
      // Hashed once more, so that what can be read now is what was signed.
      holds =
          SignatureCheck.holds(
              algorithm(), publicKey, new SignatureCheck.Digest(body.hash(digest)), signature);
    }
    if (!holds) {
      throw new Failure.BrokenPromise(
              what, "the signature does not verify under the public key of its signer")
          .thrown();
    }
    return signature;
  }

  /** Signs the body and answers the whole; {@code what} names it in the failure. */
  byte[] set(Purpose purpose, String what, byte[] body) {
    return set(purpose, what, body, NOTHING);
  }

  /** The same with DER that stands behind the signature, as OCSP answers have it. */
  byte[] set(Purpose purpose, String what, byte[] body, byte[] behind) {
    byte[] signature = key.sign(purpose, body);
    if (!SignatureCheck.holds(algorithm(), publicKey, body, signature)) {
      throw new Failure.BrokenPromise(
              what, "the signature does not verify under the public key of its signer")
          .thrown();
    }
    return SignedDer.wrap(body, algorithm(), signature, behind);
  }
}
