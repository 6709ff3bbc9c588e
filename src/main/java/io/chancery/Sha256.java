package io.chancery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4 s6.2), as every Java platform has it. */
public final class Sha256 {
  private static final MessageDigest UNUSED = found();

  private Sha256() {}

  /**
   * A digest for octets that pass by, the caller's own. A copy of one that was never used costs
   * less than looking for a provider.
   */
  public static MessageDigest digest() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the platform's SHA-256 can be copied", impossible);
    }
  }

  /** The 32 octets of the hash. */
  public static byte[] of(byte[] octets) {
    return digest().digest(octets);
  }

  /** The hash as 64 lower-case hex digits. */
  public static String hex(byte[] octets) {
    return HexFormat.of().formatHex(of(octets));
  }

  private static MessageDigest found() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
