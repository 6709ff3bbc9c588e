package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.HashedMessage;
import io.chancery.hsm.Purpose;
import io.chancery.hsm.SigningKey;
import io.chancery.issuance.der.Octets;
import io.chancery.issuance.der.SignedDer;
import io.chancery.x509.Der;
import io.chancery.x509.SignatureAlgorithm;

/**
 * A key that signs, and the public key its signatures are held against: nothing that is kept leaves
 * with a signature that does not verify, whatever the token answered.
 */
final class Seal {
  private static final byte[] NOTHING = {};

  private final SigningKey key;
  private final KeyCheck check;

  /**
   * @param expected the public key that the world will check with, as its certificate has it
   * @param where names the certificate in the failure when the key is another one
   */
  Seal(SigningKey key, Der expected, String where) {
    this.key = key;
    this.check = KeyCheck.of(SignatureCheck.key(expected));
    if (!check.key().equals(SignatureCheck.key(key.publicKey().info()))) {
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

  boolean can(SignatureAlgorithm other) {
    return key.can(other);
  }

  /** Signs a body that may be too long for memory, and answers the signature alone. */
  byte[] sign(Purpose purpose, String what, Octets body) {
    byte[] signature;
    boolean holds;
    String digest = algorithm().digest();
    if (digest.isEmpty()) {
      byte[] whole = body.whole(); // RFC 8032 s5.1: Ed25519 reads its message twice
      signature = key.sign(purpose, whole);
      holds = check.holds(algorithm(), whole, signature);
    } else {
      signature = key.sign(purpose, new HashedMessage(body.hash(digest), body::whole));
      // Hashed once more, so that what can be read now is what was signed.
      holds = check.holds(algorithm(), new SignatureCheck.Digest(body.hash(digest)), signature);
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
    byte[] signature = sign(purpose, algorithm(), what, body, Scrutiny.ALWAYS);
    return SignedDer.wrap(body, algorithm(), signature, NOTHING);
  }

  /** The bare signature. */
  byte[] sign(
      Purpose purpose, SignatureAlgorithm with, String what, byte[] body, Scrutiny scrutiny) {
    byte[] signature;
    try {
      signature = key.sign(purpose, with, body);
    } catch (RuntimeException failed) {
      scrutiny.doubt();
      throw failed;
    }
    if (scrutiny.isDue() && !check.holds(with, body, signature)) {
      scrutiny.doubt();
      throw new Failure.BrokenPromise(
              what, "the signature does not verify under the public key of its signer")
          .thrown();
    }
    return signature;
  }
}
