package io.chancery.issuance;

import io.chancery.Failure;
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
