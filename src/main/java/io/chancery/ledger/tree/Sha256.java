package io.chancery.ledger.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One SHA-256 a thread, made once: finding a digest costs more than a leaf's hash. */
final class Sha256 {
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

  private Sha256() {}

  /** The thread's digest, at its beginning: {@code digest()} leaves it so. */
  static MessageDigest mine() {
    return DIGEST.get();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
