package io.chancery.issuance.der;

import io.chancery.x509.Der;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.Validity;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Extension;

/** Writes a TBSCertificate (RFC 5280 s4.1) around parts that are encoded already. */
public final class Tbs {
  /** version [0] EXPLICIT INTEGER: v3. */
  private static final byte[] VERSION_3 = {(byte) 0xA0, 3, DerBuffer.INTEGER, 1, 2};

  private static final int EXTENSIONS_TAG = 0xA3;

  /** X.690 s11.1: TRUE is all ones. */
  private static final byte[] CRITICAL = {1, 1, (byte) 0xFF};

  private static final int USUAL = 1024;

  private Tbs() {}

  /**
   * The fields in the order of RFC 5280 s4.1.
   *
   * @param issuer its Name
   * @param subject its Name
   * @param key its SubjectPublicKeyInfo
   */
  public static Der encode(
      SerialNumber serial,
      SignatureAlgorithm algorithm,
      Der issuer,
      Validity validity,
      Der subject,
      Der key,
      List<Extension> extensions) {
    byte[] number = serial.value().toByteArray();
    DerBuffer fields =
        new DerBuffer(USUAL)
            .octets(VERSION_3)
            .header(DerBuffer.INTEGER, number.length)
            .octets(number)
            .octets(encode(algorithm.identifier()).octets())
            .octets(issuer.octets());
    write(fields, validity);
    fields.octets(subject.octets()).octets(key.octets());
    write(fields, extensions);
    return Der.of(
        new DerBuffer(fields.length() + 4)
            .header(DerBuffer.SEQUENCE, fields.length())
            .octets(fields)
            .toArray());
  }

  private static void write(DerBuffer out, Validity validity) {
    long from = validity.notBefore().getEpochSecond();
    long to = validity.notAfter().getEpochSecond();
    out.header(DerBuffer.SEQUENCE, DerTime.length(from) + DerTime.length(to));
    DerTime.write(out, from);
    DerTime.write(out, to);
  }

  private static void write(DerBuffer out, List<Extension> extensions) {
    DerBuffer all = new DerBuffer(USUAL);
    extensions.forEach(one -> write(all, one));
    out.header(EXTENSIONS_TAG, DerBuffer.headerLength(all.length()) + all.length())
        .header(DerBuffer.SEQUENCE, all.length())
        .octets(all);
  }

  /** RFC 5280 s4.1: critical is FALSE by default, and what is by default does not stand there. */
  private static void write(DerBuffer out, Extension extension) {
    byte[] oid = encode(extension.getExtnId()).octets();
    byte[] critical = extension.isCritical() ? CRITICAL : new byte[0];
    byte[] value = extension.getExtnValue().getOctets();
    int length = oid.length + critical.length + DerBuffer.headerLength(value.length) + value.length;
    out.header(DerBuffer.SEQUENCE, length)
        .octets(oid)
        .octets(critical)
        .header(DerBuffer.OCTET_STRING, value.length)
        .octets(value);
  }

  /** The DER of anything; what we built ourselves has one. */
  public static Der encode(ASN1Encodable value) {
    try {
      return Der.of(value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new IllegalStateException("a value of our own has no encoding", impossible);
    }
  }
}
