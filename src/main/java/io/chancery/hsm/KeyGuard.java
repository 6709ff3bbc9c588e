package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.KeyId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Whether the keys of one token are still those that this process began with. Each key in use signs
 * once whenever the token is connected: what stands behind an id after a repair, a restore or an
 * attack is whatever somebody put there. A key that fails is refused here, in words, until it signs
 * rightly again; the others go on.
 */
final class KeyGuard {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final HsmConfig config;
  private final Supplier<List<Pkcs11Key>> used;
  private final Map<KeyId, KeyReference> references = new ConcurrentHashMap<>();
  private volatile Map<KeyId, String> refused = Map.of();

  /** {@code used}: the keys that somebody signs with. */
  KeyGuard(HsmConfig config, Supplier<List<Pkcs11Key>> used) {
    this.config = config;
    this.used = used;
  }

  /** Refuses the key in words while it is not the right one here. */
  void pass(KeyId id) {
    if (!refused.isEmpty() && refused.containsKey(id)) {
      throw away(String.valueOf(refused.get(id))).thrown();
    }
  }

  /** Looks at every key in use, in a session of the user. */
  void inspect(PKCS11 cryptoki, long session) throws PKCS11Exception {
    Map<KeyId, FoundKey> here = new HashMap<>();
    for (FoundKey key : KeyScan.all(config, cryptoki, session)) {
      here.put(key.id(), key);
      references.put(key.id(), key.reference());
    }
    Map<KeyId, String> wrong = new HashMap<>();
    for (Pkcs11Key key : used.get()) {
      trouble(cryptoki, session, key, Optional.ofNullable(here.get(key.id())))
          .ifPresent(words -> wrong.put(key.id(), words));
    }
    refused = Map.copyOf(wrong);
  }

  /** The key's handle; of several, none. */
  long find(PKCS11 cryptoki, long session, FoundKey key) throws PKCS11Exception {
    KeyReference reference = references.getOrDefault(key.id(), key.reference());
    List<Long> found = reference.all(cryptoki, session);
    if (found.size() > 1) {
      throw refuse(key.id(), found.size() + " private keys have the CKA_ID " + reference.ckaId());
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    // Without the login no private object shows, and that says nothing about the key.
    throw new PKCS11Exception(
        Login.isUser(cryptoki, session)
            ? PKCS11Constants.CKR_OBJECT_HANDLE_INVALID
            : PKCS11Constants.CKR_USER_NOT_LOGGED_IN);
  }

  /** It was looked for in every way: it is gone, and refused from now on. */
  PkiException missing(FoundKey key) {
    return refuse(key.id(), "the key " + key.id() + " is not on the token any more");
  }

  /** What is wrong with which key, for people. */
  Optional<String> trouble() {
    Map<KeyId, String> now = refused;
    return now.isEmpty()
        ? Optional.empty()
        : Optional.of(now.values().stream().sorted().collect(Collectors.joining("; ")));
  }

  /** What is wrong with this key, which the token has shown before. */
  Optional<String> trouble(PKCS11 cryptoki, long session, Pkcs11Key key) throws PKCS11Exception {
    return key.prove(cryptoki, session, references.getOrDefault(key.id(), key.reference()))
        ? Optional.empty()
        : Optional.of(signsWrongly(key));
  }

  private synchronized PkiException refuse(KeyId id, String words) {
    Map<KeyId, String> more = new HashMap<>(refused);
    more.put(id, words);
    refused = Map.copyOf(more);
    return away(words).thrown();
  }

  private static Optional<String> trouble(
      PKCS11 cryptoki, long session, Pkcs11Key key, Optional<FoundKey> here)
      throws PKCS11Exception {
    if (here.isEmpty()) {
      return Optional.of("the key " + key.id() + " is not on the token");
    }
    if (!here.get().publicKey().equals(key.publicKey())) {
      return Optional.of("another public key has the id of the key " + key.id());
    }
    return key.prove(cryptoki, session, here.get().reference())
        ? Optional.empty()
        : Optional.of(signsWrongly(key));
  }

  private static String signsWrongly(Pkcs11Key key) {
    return "another private key has the id of the key " + key.id() + ": it signs wrongly";
  }

  private static Failure away(String words) {
    return new Failure.Unavailable("HSM", words, RETRY);
  }
}
