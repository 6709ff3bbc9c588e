package io.chancery.audit.book;

import io.chancery.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the parts of a certificate stand in its DER. It was parsed strictly when it was issued, and
 * its octets are compared whole: here only the columns that repeat parts of it are looked up.
 */
final class CertificateOctets {
  private static final int SEQUENCE = 0x30;
  private static final int VERSION = 0xA0;
  private static final int INTEGER = 0x02;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

  private final byte[] der;
  private final Element tbs;
  private final Element serial;
  private final Element notBefore;
  private final Element notAfter;
  private final Element key;

  /** One element: where its header, its content and its end are. */
  private record Element(int tag, int start, int content, int end) {}

  private CertificateOctets(byte[] der) {
    this.der = der;
    // RFC 5280 s4.1: version, serialNumber, signature, issuer, validity, subject, key.
    Element certificate = element(0, SEQUENCE);
    this.tbs = element(certificate.content(), SEQUENCE);
    Element first = any(tbs.content());
    this.serial = first.tag() == VERSION ? element(first.end(), INTEGER) : first;
    Element issuer = any(any(serial.end()).end());
    Element validity = element(issuer.end(), SEQUENCE);
    this.notBefore = any(validity.content());
    this.notAfter = any(notBefore.end());
    this.key = element(any(validity.end()).end(), SEQUENCE);
  }

  /** Empty where these octets are no certificate. */
  static Optional<CertificateOctets> of(byte[] der) {
    try {
      return Optional.of(new CertificateOctets(der));
    } catch (IndexOutOfBoundsException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** What was signed. */
  byte[] tbs() {
    return Arrays.copyOfRange(der, tbs.start(), tbs.end());
  }

  /** Lower-case hex of an even length. */
  String serial() {
    byte[] value = new BigInteger(content(serial)).toByteArray();
    int from = value.length > 1 && value[0] == 0 ? 1 : 0;
    return HexFormat.of().formatHex(value, from, value.length);
  }

  Optional<Instant> notBefore() {
    return time(notBefore);
  }

  Optional<Instant> notAfter() {
    return time(notAfter);
  }

  /** SHA-256 of the SubjectPublicKeyInfo. */
  String keyThumbprint() {
    MessageDigest digest = Sha256.digest();
    digest.update(der, key.start(), key.end() - key.start());
    return HexFormat.of().formatHex(digest.digest());
  }

  private Optional<Instant> time(Element element) {
    String text = new String(content(element), StandardCharsets.US_ASCII);
    try {
      // RFC 5280 s4.1.2.5.1: two digits of a year, 50 and above are of the last century.
      String whole =
          element.tag() == UTC_TIME ? (text.compareTo("50") < 0 ? "20" : "19") + text : text;
      return element.tag() == UTC_TIME || element.tag() == GENERALIZED_TIME
          ? Optional.of(LocalDateTime.parse(whole, TIME).toInstant(ZoneOffset.UTC))
          : Optional.empty();
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  private byte[] content(Element element) {
    return Arrays.copyOfRange(der, element.content(), element.end());
  }

  private Element element(int at, int tag) {
    Element found = any(at);
    if (found.tag() != tag) {
      throw new IllegalArgumentException("another element is there");
    }
    return found;
  }

  private Element any(int at) {
    int length = der[at + 1] & 0xFF;
    int content = at + 2;
    if (length > 0x80) {
      int digits = length & 0x7F;
      length =
          new BigInteger(1, Arrays.copyOfRange(der, content, content + digits)).intValueExact();
      content += digits;
    }
    if (length < 0 || content + length > der.length) {
      throw new IllegalArgumentException("an element is cut");
    }
    return new Element(der[at] & 0xFF, at, content, content + length);
  }
}
