package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A SHA-256 hash that names something: 64 lower-case hex digits. */
public record Thumbprint(String hex) {
  private static final MessageDigest SHA_256 = newSha256();

  public Thumbprint {
    if (hex.length() != 64 || !isHex(hex)) {
      throw new Failure.Malformed(
              "thumbprint", "", Quoted.of(hex) + " is not 64 hex digits", "SHA-256, FIPS 180-4")
          .thrown();
    }
  }

  /** The thumbprint of these octets. */
  public static Thumbprint of(byte[] octets) {
    return new Thumbprint(HexFormat.of().formatHex(sha256(octets)));
  }

  /** Reads 64 hex digits; upper case and colons are accepted. */
  public static Thumbprint parse(String text) {
    return new Thumbprint(text.replace(":", "").toLowerCase(Locale.ROOT));
  }

  public byte[] octets() {
    return HexFormat.of().parseHex(hex);
  }

  /** A copy of one that was never used costs less than looking for a provider. */
  static byte[] sha256(byte[] octets) {
    try {
      return ((MessageDigest) SHA_256.clone()).digest(octets);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the platform's SHA-256 can be copied", impossible);
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Whether all of it is lower-case hex digits. */
  static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return hex;
  }
}
