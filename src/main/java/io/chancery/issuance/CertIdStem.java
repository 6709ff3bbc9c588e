package io.chancery.issuance;

import io.chancery.issuance.der.DerBuffer;
import io.chancery.issuance.der.Tbs;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import java.util.Arrays;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * All of a CertID (RFC 6960 s4.1.1) but the serial number: which issuer, under which hash. Made
 * once from the issuer's certificate, and compared with questions octet by octet.
 */
public final class CertIdStem {
  /** OCSPRequest, TBSRequest, requestList, Request. */
  private static final int WRAPPERS = 4;

  private final IssuerName issuer;
  private final OcspHash hash;
  private final byte[] name;
  private final byte[] key;
  private final byte[] octets;
  private final byte[] withoutParameters;

  private CertIdStem(IssuerName issuer, CaCertificate certificate, OcspHash hash) {
    this.issuer = issuer;
    this.hash = hash;
    this.name = hash.of(certificate.subject().octets());
    this.key = hash.of(certificate.keyBits());
    byte[] hashes =
        new DerBuffer(2 * name.length + 4)
            .header(DerBuffer.OCTET_STRING, name.length)
            .octets(name)
            .header(DerBuffer.OCTET_STRING, key.length)
            .octets(key)
            .toArray();
    this.octets =
        joined(
            Tbs.encode(new AlgorithmIdentifier(hash.identifier(), DERNull.INSTANCE)).octets(),
            hashes);
    this.withoutParameters =
        joined(Tbs.encode(new AlgorithmIdentifier(hash.identifier())).octets(), hashes);
  }

  public static CertIdStem of(IssuerName issuer, IssuedCertificate certificate, OcspHash hash) {
    return new CertIdStem(issuer, CaCertificate.of(certificate), hash);
  }

  public IssuerName issuer() {
    return issuer;
  }

  public OcspHash hash() {
    return hash;
  }

  /** Whether it is the stem of this CertID. */
  public boolean isOf(CertId id) {
    return hash.oid().equals(id.hashOid())
        && Arrays.equals(name, id.nameHash())
        && Arrays.equals(key, id.keyHash());
  }

  /**
   * How many octets of {@code der} from {@code at} on, and before {@code end}, are this stem; 0
   * where they are something else. The parameters of the hash may be NULL or absent (RFC 5754 s2).
   */
  public int lengthAt(byte[] der, int at, int end) {
    if (stands(octets, der, at, end)) {
      return octets.length;
    }
    return stands(withoutParameters, der, at, end) ? withoutParameters.length : 0;
  }

  /**
   * The whole OCSPRequest (RFC 6960 s4.1.1) about this serial alone, as RFC 5019 clients send it.
   *
   * @param serial the content octets of the INTEGER
   */
  public byte[] question(byte[] serial) {
    int content = contentLength(serial);
    int length = DerBuffer.headerLength(content) + content;
    int[] lengths = new int[WRAPPERS];
    for (int i = WRAPPERS - 1; i >= 0; i--) {
      lengths[i] = length;
      length += DerBuffer.headerLength(length);
    }
    DerBuffer question = new DerBuffer(length);
    for (int one : lengths) {
      question.header(DerBuffer.SEQUENCE, one);
    }
    write(question, serial);
    return question.toArray();
  }

  /** Writes CertID with this serial's content octets. */
  void write(DerBuffer to, byte[] serial) {
    to.header(DerBuffer.SEQUENCE, contentLength(serial))
        .octets(octets)
        .header(DerBuffer.INTEGER, serial.length)
        .octets(serial);
  }

  private int contentLength(byte[] serial) {
    return octets.length + DerBuffer.headerLength(serial.length) + serial.length;
  }

  private static boolean stands(byte[] stem, byte[] der, int at, int end) {
    return end - at >= stem.length
        && Arrays.equals(stem, 0, stem.length, der, at, at + stem.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
