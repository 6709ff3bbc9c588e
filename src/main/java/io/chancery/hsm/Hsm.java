package io.chancery.hsm;

import io.chancery.hsm.crew.Share;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import java.util.List;
import java.util.Map;

/** A place that holds private keys and signs with them. */
public interface Hsm extends AutoCloseable {
  /**
   * The key with this CKA_ID. Throws {@code NotFound} where the token has none, {@code
   * Misconfigured} where it has several, {@code Unavailable} where it cannot be asked.
   */
  SigningKey key(KeyId id);

  /** Every signing key, in no order. */
  List<SigningKey> keys();

  /**
   * Makes a key pair for signing only, never extractable, and checks what was made. The CKA_ID is
   * {@link KeyId#of} the new public key.
   */
  SigningKey generate(KeyAlgorithm algorithm, String label);

  /** Whether it can sign now, and where it is. */
  Health health();

  /** How each token stands, without asking it; empty for keys that are on none. */
  default List<TokenStanding> tokens() {
    return List.of();
  }

  /** How many signatures of each share wait. */
  default Map<Share, Integer> waiting() {
    return Map.of();
  }

  @Override
  void close();

  /** {@code name} says which token; {@code trouble} is empty when nothing is wrong with it. */
  record Health(String name, boolean working, String trouble) {}
}
