package io.chancery.issuance.der;

import io.chancery.x509.SignatureAlgorithm;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;

/**
 * The shape that certificates, CRLs, requests and OCSP answers share: a body, its algorithm, its
 * signature. Works on octets, so that the body is not encoded a second time and a CRL of many
 * megabytes is copied once.
 */
public final class SignedDer {
  private static final int SEQUENCE = 0x30;
  private static final int BIT_STRING = 0x03;

  private SignedDer() {}

  /** SEQUENCE { body, algorithm, signature BIT STRING, and what stands behind }. */
  public static byte[] wrap(
      byte[] body, SignatureAlgorithm algorithm, byte[] signature, byte[] behind) {
    DerBuffer tail = signature(algorithm, signature).octets(behind);
    DerBuffer whole = new DerBuffer(body.length + tail.length() + 8);
    return whole
        .header(SEQUENCE, body.length + tail.length())
        .octets(body)
        .octets(tail.toArray())
        .toArray();
  }

  /** What stands behind the body: the algorithm and the signature BIT STRING. */
  public static DerBuffer signature(SignatureAlgorithm algorithm, byte[] signature) {
    return new DerBuffer(signature.length + 32)
        .octets(identifier(algorithm))
        .header(BIT_STRING, signature.length + 1)
        .octet(0)
        .octets(signature);
  }

  /** The body of a {@link #wrap}, octet for octet as it stands in there. */
  public static byte[] body(byte[] signed) {
    int from = contentStart(signed, 0);
    int bodyContent = contentStart(signed, from);
    return Arrays.copyOfRange(signed, from, bodyContent + contentLength(signed, from));
  }

  public static byte[] identifier(SignatureAlgorithm algorithm) {
    try {
      return algorithm.identifier().getEncoded(ASN1Encoding.DER);
    } catch (IOException impossible) {
      throw new IllegalStateException("an algorithm identifier has an encoding", impossible);
    }
  }

  private static int contentStart(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int contentLength(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }
}
