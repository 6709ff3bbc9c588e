package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.Sha256;
import java.util.HexFormat;
import java.util.Locale;

/** A SHA-256 hash that names something: 64 lower-case hex digits. */
public record Thumbprint(String hex) {
  public Thumbprint {
    if (hex.length() != 64 || !isHex(hex)) {
      throw new Failure.Malformed(
              "thumbprint", "", Quoted.of(hex) + " is not 64 hex digits", "SHA-256, FIPS 180-4")
          .thrown();
    }
  }

  /** The thumbprint of these octets. */
  public static Thumbprint of(byte[] octets) {
    return new Thumbprint(Sha256.hex(octets));
  }

  /** Reads 64 hex digits; upper case and colons are accepted. */
  public static Thumbprint parse(String text) {
    return new Thumbprint(text.replace(":", "").toLowerCase(Locale.ROOT));
  }

  public byte[] octets() {
    return HexFormat.of().parseHex(hex);
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
