package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.mechanism.SigningMechanism;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.SubjectPublicKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Checks that a new key is what was asked for: by its attributes, and by a signature. */
final class KeyProof {
  /** No certificate, CRL or OCSP answer begins like this. */
  private static final byte[] MESSAGE =
      "Chancery: proof of a key".getBytes(StandardCharsets.US_ASCII);

  private final HsmConfig config;
  private final PKCS11 cryptoki;
  private final long session;
  private final long privateObject;

  KeyProof(HsmConfig config, PKCS11 cryptoki, long session, long privateObject) {
    this.config = config;
    this.cryptoki = cryptoki;
    this.session = session;
    this.privateObject = privateObject;
  }

  void check(FoundKey key, SigningMechanism signing) throws PKCS11Exception {
    must(PKCS11Constants.CKA_TOKEN, true);
    must(PKCS11Constants.CKA_PRIVATE, true);
    must(PKCS11Constants.CKA_SENSITIVE, true);
    must(PKCS11Constants.CKA_EXTRACTABLE, false);
    must(PKCS11Constants.CKA_SIGN, true);
    for (long use : KeyTemplates.OTHER_USES) {
      mustNot(use);
    }
    if (!config.has(Quirk.NO_KEY_HISTORY)) {
      must(PKCS11Constants.CKA_ALWAYS_SENSITIVE, true);
      must(PKCS11Constants.CKA_NEVER_EXTRACTABLE, true);
      must(PKCS11Constants.CKA_LOCAL, true);
    }
    mustBeFoundById(key);
    mustSign(key, signing);
  }

  /** Whether the signature holds under the key. */
  static boolean holds(SubjectPublicKey key, byte[] message, byte[] signature) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.fittingTo(key.algorithm());
    try {
      Signature verifier = Signature.getInstance(algorithm.jcaName());
      verifier.initVerify(KeyPairs.publicKey(key.algorithm(), key.info().octets()));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /** Signs what nobody could take for anything else. */
  static byte[] sign(PKCS11 cryptoki, long session, long key, SigningMechanism signing)
      throws PKCS11Exception {
    cryptoki.C_SignInit(session, signing.mechanism(), key, true);
    return signing.output(cryptoki.C_Sign(session, signing.input(MESSAGE)));
  }

  /** Whether it is a signature of that under this key. */
  static boolean holds(SubjectPublicKey key, byte[] signature) {
    return holds(key, MESSAGE, signature);
  }

  static PkiException broken(String difference) {
    return new Failure.BrokenPromise("the new key", difference + "; it was destroyed").thrown();
  }

  private void must(long attribute, Boolean wanted) throws PKCS11Exception {
    Boolean told = Attributes.flag(cryptoki, session, privateObject, attribute).orElse(!wanted);
    if (!told.equals(wanted)) {
      throw broken(PKCS11Constants.ckaCodeToName(attribute) + " is not " + wanted);
    }
  }

  /** A token that has no such attribute for this kind of key cannot use it so either. */
  private void mustNot(long use) throws PKCS11Exception {
    if (Attributes.flag(cryptoki, session, privateObject, use).orElse(false)) {
      throw broken(PKCS11Constants.ckaCodeToName(use) + " is set");
    }
  }

  private void mustBeFoundById(FoundKey key) throws PKCS11Exception {
    if (key.reference().find(cryptoki, session) != privateObject) {
      throw broken("its CKA_ID finds another key");
    }
  }

  private void mustSign(FoundKey key, SigningMechanism signing) throws PKCS11Exception {
    if (!holds(key.publicKey(), sign(cryptoki, session, privateObject, signing))) {
      throw broken("its signature does not hold under its public key");
    }
  }
}
