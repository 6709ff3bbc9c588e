package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** A SHA-256 hash that names something: 64 lower-case hex digits. */
public record Thumbprint(String hex) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

  public Thumbprint {
    if (!SHAPE.matcher(hex).matches()) {
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

  static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
