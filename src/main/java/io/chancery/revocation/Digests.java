package io.chancery.revocation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over octets that pass by. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
