package io.chancery.revocation.compromise;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The one block of a PEM file, read as octets: no text is made of a private key, and no refusal
 * quotes it.
 */
record PemBlock(String label, byte[] der) {
  private static final byte[] BEGIN = ascii("-----BEGIN ");
  private static final byte[] END = ascii("-----END ");
  private static final byte[] DASHES = ascii("-----");
  private static final int LONGEST_LABEL = 40;

  /** What openssl writes before an EC key; it says nothing that the key does not. */
  private static final String PARAMETERS = "EC PARAMETERS";

  /** Empty where these octets are no PEM at all. */
  static Optional<PemBlock> of(byte[] file) {
    Optional<PemBlock> found = Optional.empty();
    int at = find(file, BEGIN, 0);
    while (at >= 0) {
      int labelEnd = find(file, DASHES, at + BEGIN.length);
      if (labelEnd < 0 || labelEnd - at - BEGIN.length > LONGEST_LABEL) {
        throw malformed("a block that does not begin as one");
      }
      String label = text(file, at + BEGIN.length, labelEnd);
      byte[] end = ascii("-----END " + label + "-----");
      int body = labelEnd + DASHES.length;
      int bodyEnd = find(file, END, body);
      if (bodyEnd < 0 || !Arrays.equals(slice(file, bodyEnd, end.length), end)) {
        throw malformed("a block that does not end as it begins");
      }
      if (!label.equals(PARAMETERS)) {
        if (found.isPresent()) {
          throw malformed("holds more than one block");
        }
        found = Optional.of(new PemBlock(label, base64(file, body, bodyEnd)));
      }
      at = find(file, BEGIN, bodyEnd + end.length);
    }
    return found;
  }

  void wipe() {
    Arrays.fill(der, (byte) 0);
  }

  private static byte[] base64(byte[] file, int from, int to) {
    ByteArrayOutputStream digits = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      switch (file[i]) {
        case ' ', '\t', '\r', '\n' -> {}
        // RFC 1421 s4.6: headers stand in what older tools have encrypted.
        case ':' ->
            throw malformed("has headers: it is encrypted; hand in the key without a passphrase");
        default -> digits.write(file[i]);
      }
    }
    byte[] plain = digits.toByteArray();
    try {
      return Base64.getDecoder().decode(plain);
    } catch (IllegalArgumentException notBase64) {
      throw malformed("the body is not base64");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static int find(byte[] file, byte[] what, int from) {
    for (int at = from; at + what.length <= file.length; at++) {
      if (file[at] == what[0] && Arrays.equals(slice(file, at, what.length), what)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] slice(byte[] file, int from, int length) {
    return Arrays.copyOfRange(file, from, Math.min(file.length, from + length));
  }

  private static String text(byte[] file, int from, int to) {
    return new String(file, from, to - from, StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static PkiException malformed(String reason) {
    return new Failure.Malformed("PEM", "", reason, "RFC 7468 s2").thrown();
  }
}
