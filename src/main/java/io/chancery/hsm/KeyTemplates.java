package io.chancery.hsm;

import io.chancery.x509.KeyAlgorithm;
import java.util.HexFormat;
import java.util.List;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** What is asked of a new key pair: it signs, and nothing else, and it never leaves. */
record KeyTemplates(HsmConfig config, KeyAlgorithm algorithm, String label, KeyReference id) {
  /** What a signing key is not for. */
  static final List<Long> OTHER_USES =
      List.of(
          PKCS11Constants.CKA_DECRYPT,
          PKCS11Constants.CKA_UNWRAP,
          PKCS11Constants.CKA_DERIVE,
          PKCS11Constants.CKA_SIGN_RECOVER);

  private static final byte[] F4 = {1, 0, 1};

  Attributes publicKey() {
    Attributes wanted =
        named(PKCS11Constants.CKO_PUBLIC_KEY)
            .with(PKCS11Constants.CKA_PRIVATE, false)
            .with(PKCS11Constants.CKA_VERIFY, true);
    if (!config.has(Quirk.SHORT_TEMPLATE)) {
      wanted.with(PKCS11Constants.CKA_ENCRYPT, false).with(PKCS11Constants.CKA_WRAP, false);
    }
    return switch (algorithm.family()) {
      case EC, ED25519 -> wanted.with(PKCS11Constants.CKA_EC_PARAMS, curve());
      case RSA ->
          wanted
              .with(PKCS11Constants.CKA_MODULUS_BITS, (long) algorithm.bits())
              .with(PKCS11Constants.CKA_PUBLIC_EXPONENT, F4);
    };
  }

  Attributes privateKey() {
    Attributes wanted =
        named(PKCS11Constants.CKO_PRIVATE_KEY)
            .with(PKCS11Constants.CKA_PRIVATE, true)
            .with(PKCS11Constants.CKA_SENSITIVE, true)
            .with(PKCS11Constants.CKA_EXTRACTABLE, false)
            .with(PKCS11Constants.CKA_SIGN, true);
    if (!config.has(Quirk.SHORT_TEMPLATE)) {
      OTHER_USES.forEach(use -> wanted.with(use, false));
    }
    return wanted;
  }

  private Attributes named(long objectClass) {
    return Attributes.ofClass(objectClass)
        .with(PKCS11Constants.CKA_KEY_TYPE, keyType())
        .with(PKCS11Constants.CKA_TOKEN, true)
        .with(PKCS11Constants.CKA_LABEL, label.toCharArray())
        .with(PKCS11Constants.CKA_ID, id.octets());
  }

  private long keyType() {
    return switch (algorithm.family()) {
      case EC -> PKCS11Constants.CKK_EC;
      case RSA -> PKCS11Constants.CKK_RSA;
      case ED25519 -> PKCS11Constants.CKK_EC_EDWARDS;
    };
  }

  private byte[] curve() {
    String encoded =
        switch (algorithm.bits()) {
          case 256 -> "06082a8648ce3d030107";
          case 384 -> "06052b81040022";
          case 521 -> "06052b81040023";
          default -> "130c656477617264733235353139";
        };
    return HexFormat.of().parseHex(encoded);
  }
}
