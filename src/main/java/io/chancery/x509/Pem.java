package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The textual encodings of RFC 7468. */
public final class Pem {
  public static final String CERTIFICATE = "CERTIFICATE";
  public static final String REQUEST = "CERTIFICATE REQUEST";
  public static final String CRL = "X509 CRL";

  /** RFC 7468 s7: what older tools write for {@link #REQUEST}. */
  public static final String NEW_REQUEST = "NEW CERTIFICATE REQUEST";

  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40}+)-----([^-]*+)-----END \\1-----");
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final Pattern SECRET = Pattern.compile(BEGIN + "[A-Z0-9 ]{0,40}PRIVATE KEY");

  private Pem() {}

  /** One block with its line ends. */
  public static String encode(String label, Der der) {
    return BEGIN
        + label
        + "-----\n"
        + BASE64.encodeToString(der.octets())
        + "\n"
        + END
        + label
        + "-----\n";
  }

  /** Every block with this label, in order; text between blocks is skipped (RFC 7468 s2). */
  public static List<Der> decode(String label, String text) {
    List<Der> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).equals(label)) {
        found.add(base64(label, blocks.group(2)));
      }
    }
    return List.copyOf(found);
  }

  /** The only block with this label; none or several are refused. Other blocks are skipped. */
  public static Der decodeOne(String label, String text) {
    List<Der> found = decode(label, text);
    if (found.size() != 1) {
      throw malformed(found.size() + " blocks of " + label + " where one is wanted");
    }
    return found.getFirst();
  }

  /**
   * The block of a text that holds no other, under one of these labels. Explanatory text before and
   * after it is skipped (RFC 7468 s2).
   */
  static Der decodeOnly(String text, String... labels) {
    if (holdsSecret(text)) {
      throw malformed("a private key came along; it is no secret any more, make a new one");
    }
    Matcher blocks = BLOCK.matcher(text);
    if (!blocks.find() || !List.of(labels).contains(blocks.group(1))) {
      throw malformed("holds no whole block of " + labels[0]);
    }
    String around = text.substring(0, blocks.start()) + "\n" + text.substring(blocks.end());
    if (around.contains(BEGIN) || around.contains(END)) {
      throw malformed("holds more than one block");
    }
    return base64(blocks.group(1), blocks.group(2));
  }

  private static boolean holdsSecret(String text) {
    Matcher secret = SECRET.matcher(text);
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      if (secret.region(at, text.length()).lookingAt()) {
        return true;
      }
    }
    return false;
  }

  private static Der base64(String label, String body) {
    try {
      return Der.of(Base64.getDecoder().decode(withoutSpace(body)));
    } catch (IllegalArgumentException notBase64) {
      throw new Failure.Malformed("PEM", label, "the body is not base64", "RFC 7468 s3").thrown();
    }
  }

  /** RFC 7468 s3: parsers ignore whitespace. What no character of base64 is stays none. */
  private static byte[] withoutSpace(String body) {
    byte[] kept = new byte[body.length()];
    int length = 0;
    for (int i = 0; i < body.length(); i++) {
      char character = body.charAt(i);
      switch (character) {
        case ' ', '\t', '\r', '\n' -> {}
        default -> kept[length++] = (byte) (character < 128 ? character : '?');
      }
    }
    return Arrays.copyOf(kept, length);
  }

  private static PkiException malformed(String reason) {
    return new Failure.Malformed("PEM", "", reason, "RFC 7468 s2").thrown();
  }
}
