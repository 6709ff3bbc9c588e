package io.chancery.revocation.compromise;

import io.chancery.inventory.BlockedKeys;
import io.chancery.x509.SubjectPublicKey;

/** Which key is reported, and what shows that others know its private half. */
public record Evidence(SubjectPublicKey key, BlockedKeys.Proof proof) {
  /** Whether whoever reports has shown it, rather than said it. */
  public boolean isProof() {
    return proof != BlockedKeys.Proof.NONE;
  }
}
