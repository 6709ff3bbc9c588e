package io.chancery.hsm;

import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import java.util.List;

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

  @Override
  void close();

  /** {@code name} says which token; {@code trouble} is empty when it works. */
  record Health(String name, boolean working, String trouble) {}
}
