package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import java.util.HexFormat;
import java.util.List;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** How the token knows a private key: the CKA_ID that it has there, in hex. */
record KeyReference(String ckaId) {
  static KeyReference of(byte[] ckaId) {
    return new KeyReference(HexFormat.of().formatHex(ckaId));
  }

  byte[] octets() {
    return HexFormat.of().parseHex(ckaId);
  }

  /** The object's handle; a second object of the same id is refused rather than guessed at. */
  long find(PKCS11 cryptoki, long session) throws PKCS11Exception {
    List<Long> found = all(cryptoki, session);
    if (found.size() > 1) {
      throw new Failure.Misconfigured(
              "HSM",
              found.size() + " private keys have the CKA_ID " + ckaId,
              "delete the one that is not meant")
          .thrown();
    }
    if (found.isEmpty()) {
      throw new PKCS11Exception(PKCS11Constants.CKR_OBJECT_HANDLE_INVALID);
    }
    return found.getFirst();
  }

  /** The handles of every private key of this id. */
  List<Long> all(PKCS11 cryptoki, long session) throws PKCS11Exception {
    return Attributes.ofClass(PKCS11Constants.CKO_PRIVATE_KEY)
        .with(PKCS11Constants.CKA_ID, octets())
        .search(cryptoki, session);
  }
}
