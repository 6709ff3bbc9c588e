package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.CK_MECHANISM;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.hsm.mechanism.SigningMechanism;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SubjectPublicKey;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Makes one key pair on the token, checks what came out, and destroys what does not hold. */
final class KeyGeneration {
  private static final int TEMPORARY_ID_OCTETS = 20;

  private final HsmConfig config;
  private final KeyAlgorithm algorithm;
  private final String label;
  private final SigningMechanism signing;

  KeyGeneration(HsmConfig config, KeyAlgorithm algorithm, String label, SigningMechanism signing) {
    this.config = config;
    this.algorithm = algorithm;
    this.label = label;
    this.signing = signing;
  }

  FoundKey make(PKCS11 cryptoki, long session) throws PKCS11Exception {
    if (!KeyScan.labelled(cryptoki, session, label).isEmpty()) {
      throw new Failure.Conflict(
              "key label " + Quoted.of(label),
              "is already used on this token",
              "choose another label, or use the key that is there")
          .thrown();
    }
    byte[] temporaryId = new byte[TEMPORARY_ID_OCTETS];
    cryptoki.C_GenerateRandom(session, temporaryId);
    KeyReference temporary = KeyReference.of(temporaryId);
    KeyTemplates templates = new KeyTemplates(config, algorithm, label, temporary);
    // A crash after this line leaves a key that nobody knows; its label is refused the next time.
    long[] pair =
        cryptoki.C_GenerateKeyPair(
            session,
            generator(),
            templates.publicKey().template(),
            templates.privateKey().template(),
            true);
    try {
      return named(cryptoki, session, pair[0], pair[1], temporary);
    } catch (PKCS11Exception | RuntimeException notWhatWasAsked) {
      cryptoki.C_DestroyObject(session, pair[1]);
      cryptoki.C_DestroyObject(session, pair[0]);
      throw notWhatWasAsked;
    }
  }

  /** The mechanism that makes such a pair. */
  static long generatorOf(KeyAlgorithm algorithm) {
    return switch (algorithm.family()) {
      case EC -> PKCS11Constants.CKM_EC_KEY_PAIR_GEN;
      case RSA -> PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN;
      case ED25519 -> PKCS11Constants.CKM_EC_EDWARDS_KEY_PAIR_GEN;
    };
  }

  private CK_MECHANISM generator() {
    CK_MECHANISM mechanism = new CK_MECHANISM();
    mechanism.mechanism = generatorOf(algorithm);
    return mechanism;
  }

  private FoundKey named(
      PKCS11 cryptoki, long session, long publicObject, long privateObject, KeyReference temporary)
      throws PKCS11Exception {
    SubjectPublicKey publicKey =
        PublicKeys.read(cryptoki, session, publicObject)
            .filter(read -> read.algorithm().equals(algorithm))
            .orElseThrow(() -> KeyProof.broken("its public key is no " + algorithm + " key"));
    KeyReference reference = temporary;
    if (!config.has(Quirk.ID_BY_PUBLIC_KEY)) {
      Attributes id = Attributes.none().with(PKCS11Constants.CKA_ID, publicKey.keyId().octets());
      cryptoki.C_SetAttributeValue(session, publicObject, id.template(), true);
      cryptoki.C_SetAttributeValue(session, privateObject, id.template(), true);
      reference = KeyReference.of(publicKey.keyId().octets());
    }
    FoundKey found = new FoundKey(publicKey.keyId(), label, reference, publicKey);
    new KeyProof(config, cryptoki, session, privateObject).check(found, signing);
    return found;
  }
}
