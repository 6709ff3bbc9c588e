package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A certificate's serial number: positive, at most 20 octets (RFC 5280 s4.1.2.2). It identifies a
 * certificate of this authority by itself, whatever the issuer.
 */
public record SerialNumber(BigInteger value) implements Comparable<SerialNumber> {
  /** 159 bits: the most that stay positive in 20 octets. */
  private static final int RANDOM_BITS = 159;

  private static final int MOST_DIGITS = 40;

  public SerialNumber {
    // RFC 5280 s4.1.2.2: a positive integer, at most 20 octets in DER.
    if (value.signum() <= 0 || value.bitLength() > RANDOM_BITS) {
      throw new Failure.Malformed(
              "serial number", "", "must be positive and at most 20 octets", "RFC 5280 s4.1.2.2")
          .thrown();
    }
  }

  /** 159 random bits (RFC 5280 asks for uniqueness, the CA/Browser Forum for at least 64). */
  public static SerialNumber random(SecureRandom random) {
    BigInteger value = new BigInteger(RANDOM_BITS, random);
    return value.signum() > 0 ? new SerialNumber(value) : random(random);
  }

  /** Reads 1 to 40 hex digits; upper case, colons and a leading {@code 0x} are accepted. */
  public static SerialNumber parse(String text) {
    String hex = text.toLowerCase(Locale.ROOT).replace(":", "");
    if (hex.startsWith("0x")) {
      hex = hex.substring(2);
    }
    if (hex.isEmpty() || hex.length() > MOST_DIGITS || !Thumbprint.isHex(hex)) {
      throw new Failure.Malformed(
              "serial number",
              "",
              Quoted.of(text) + " is not 1 to 40 hex digits",
              "RFC 5280 s4.1.2.2")
          .thrown();
    }
    return new SerialNumber(new BigInteger(hex, 16));
  }

  /** Lower-case hex with an even number of digits, as openssl prints it. */
  public String hex() {
    byte[] octets = value.toByteArray();
    int sign = octets[0] == 0 ? 1 : 0; // the octet that says that it is positive
    return HexFormat.of().formatHex(octets, sign, octets.length);
  }

  @Override
  public int compareTo(SerialNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return hex();
  }
}
