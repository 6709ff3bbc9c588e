package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.KeyId;
import io.chancery.x509.SubjectPublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Finds the signing keys of a token. PKCS#11 allows two keys of one id or one label; a CA that
 * signs with whichever comes first is not to be trusted, so they are refused.
 */
final class KeyScan {
  private static final int KEY_ID_OCTETS = 20;

  private final HsmConfig config;
  private final PKCS11 cryptoki;
  private final long session;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> labels = new HashSet<>();

  private KeyScan(HsmConfig config, PKCS11 cryptoki, long session) {
    this.config = config;
    this.cryptoki = cryptoki;
    this.session = session;
  }

  /** Keys of kinds that this authority does not use, or without an id of ours, are passed over. */
  static List<FoundKey> all(HsmConfig config, PKCS11 cryptoki, long session)
      throws PKCS11Exception {
    return new KeyScan(config, cryptoki, session).all();
  }

  /** The private keys that carry this label. */
  static List<Long> labelled(PKCS11 cryptoki, long session, String label) throws PKCS11Exception {
    return Attributes.ofClass(PKCS11Constants.CKO_PRIVATE_KEY)
        .with(PKCS11Constants.CKA_LABEL, label.toCharArray())
        .search(cryptoki, session);
  }

  private List<FoundKey> all() throws PKCS11Exception {
    List<FoundKey> found = new ArrayList<>();
    for (long object :
        Attributes.ofClass(PKCS11Constants.CKO_PRIVATE_KEY).search(cryptoki, session)) {
      if (Attributes.flag(cryptoki, session, object, PKCS11Constants.CKA_SIGN).orElse(true)) {
        one(object).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<FoundKey> one(long object) throws PKCS11Exception {
    Optional<byte[]> ckaId = Attributes.octets(cryptoki, session, object, PKCS11Constants.CKA_ID);
    String label = Attributes.text(cryptoki, session, object, PKCS11Constants.CKA_LABEL).orElse("");
    if (!label.isEmpty() && !labels.add(label)) {
      throw twice("the label " + Quoted.of(label));
    }
    if (ckaId.isEmpty()) {
      return Optional.empty();
    }
    KeyReference reference = KeyReference.of(ckaId.get());
    if (!ids.add(reference.ckaId())) {
      throw twice("the CKA_ID " + reference.ckaId());
    }
    return publicKey(reference, object)
        .flatMap(
            publicKey ->
                id(ckaId.get(), publicKey)
                    .map(id -> new FoundKey(id, label, reference, publicKey)));
  }

  private Optional<KeyId> id(byte[] ckaId, SubjectPublicKey publicKey) {
    if (config.has(Quirk.ID_BY_PUBLIC_KEY)) {
      return Optional.of(publicKey.keyId());
    }
    return ckaId.length == KEY_ID_OCTETS
        ? Optional.of(new KeyId(KeyReference.of(ckaId).ckaId()))
        : Optional.empty();
  }

  /** From the public object of the same id; from the private one where a token has no other. */
  private Optional<SubjectPublicKey> publicKey(KeyReference reference, long privateObject)
      throws PKCS11Exception {
    List<Long> objects =
        Attributes.ofClass(PKCS11Constants.CKO_PUBLIC_KEY)
            .with(PKCS11Constants.CKA_ID, reference.octets())
            .search(cryptoki, session);
    if (objects.size() > 1) {
      throw twice("the CKA_ID " + reference.ckaId() + " of public keys");
    }
    return PublicKeys.read(
        cryptoki, session, objects.isEmpty() ? privateObject : objects.getFirst());
  }

  private PkiException twice(String what) {
    return new Failure.Misconfigured(
            config.file().toString(),
            "several signing keys of the token have " + what,
            "delete or rename the one that is not meant, with the vendor's tool")
        .thrown();
  }
}
