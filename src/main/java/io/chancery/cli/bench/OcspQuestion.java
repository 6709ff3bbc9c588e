package io.chancery.cli.bench;

import io.chancery.Failure;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** OCSP requests (RFC 6960 s4.1.1) about certificates of one issuer, as clients make them. */
final class OcspQuestion {
  static final String PATH = "/ocsp";
  private static final String TYPE = "application/ocsp-request";
  private static final HexFormat HEX = HexFormat.of();

  /** AlgorithmIdentifier of SHA-1, which most clients name their issuer by. */
  private static final byte[] SHA1 = HEX.parseHex("300906052b0e03021a0500");

  /** id-pkix-ocsp-nonce. */
  private static final byte[] NONCE = HEX.parseHex("06092b0601050507300102");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int INTEGER = 0x02;
  private static final int REQUEST_EXTENSIONS = 0xa2;

  private final byte[] issuer;

  OcspQuestion(X509Certificate issuer) {
    byte[] name = sha1(issuer.getSubjectX500Principal().getEncoded());
    byte[] key = sha1(keyBits(issuer.getPublicKey().getEncoded()));
    this.issuer = join(SHA1, tlv(OCTETS, name), tlv(OCTETS, key));
  }

  /** RFC 6960 appendix A.1: GET with the request as base64 in the path. */
  byte[] get(int port, BigInteger serial) {
    String base64 = Base64.getEncoder().encodeToString(request(serial, new byte[0]));
    return Target.get(port, PATH + "/" + URLEncoder.encode(base64, StandardCharsets.US_ASCII));
  }

  /** POST with a nonce, so that no answer made before will do (RFC 9654). */
  byte[] fresh(int port, BigInteger serial, byte[] nonce) {
    byte[] extension = tlv(SEQUENCE, join(NONCE, tlv(OCTETS, tlv(OCTETS, nonce))));
    byte[] extensions = tlv(REQUEST_EXTENSIONS, tlv(SEQUENCE, extension));
    return Target.post(port, PATH, TYPE, request(serial, extensions));
  }

  private byte[] request(BigInteger serial, byte[] extensions) {
    byte[] certId = tlv(SEQUENCE, join(issuer, tlv(INTEGER, serial.toByteArray())));
    byte[] list = tlv(SEQUENCE, tlv(SEQUENCE, certId));
    return tlv(SEQUENCE, tlv(SEQUENCE, join(list, extensions)));
  }

  /** The subjectPublicKey without its tag, length and unused bits, which is what is hashed. */
  private static byte[] keyBits(byte[] info) {
    int at = content(info, 0); // into the SubjectPublicKeyInfo
    int algorithm = content(info, at);
    int bits = algorithm + length(info, at);
    int start = content(info, bits) + 1;
    return Arrays.copyOfRange(info, start, content(info, bits) + length(info, bits));
  }

  private static int content(byte[] der, int at) {
    return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
  }

  private static int length(byte[] der, int at) {
    if (der[at + 1] >= 0) {
      return der[at + 1];
    }
    int octets = der[at + 1] & 0x7f;
    return new BigInteger(1, Arrays.copyOfRange(der, at + 2, at + 2 + octets)).intValueExact();
  }

  private static byte[] tlv(int tag, byte[] value) {
    byte[] head =
        value.length < 0x80
            ? new byte[] {(byte) tag, (byte) value.length}
            : value.length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) value.length}
                : new byte[] {
                  (byte) tag, (byte) 0x82, (byte) (value.length >> 8), (byte) value.length
                };
    return join(head, value);
  }

  private static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  private static byte[] sha1(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(octets);
    } catch (GeneralSecurityException impossible) {
      throw new Failure.Misconfigured("this Java", "has no SHA-1", "").because(impossible);
    }
  }
}
