package io.chancery.issuance.der;

import io.chancery.x509.Der;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.Validity;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Encodes a TBSCertificate (RFC 5280 s4.1). */
public final class Tbs {
  private static final int VERSION_3 = 2;
  private static final int EXTENSIONS_TAG = 3;

  private Tbs() {}

  public static Der encode(
      SerialNumber serial,
      SignatureAlgorithm algorithm,
      ASN1Encodable issuer,
      Validity validity,
      ASN1Encodable subject,
      Der key,
      List<Extension> extensions) {
    return encode(
        new DERSequence(
            new ASN1Encodable[] {
              new DERTaggedObject(true, 0, new ASN1Integer(VERSION_3)),
              new ASN1Integer(serial.value()),
              algorithm.identifier(),
              issuer,
              new DERSequence(
                  new ASN1Encodable[] {
                    DerTime.of(validity.notBefore()), DerTime.of(validity.notAfter())
                  }),
              subject,
              SubjectPublicKeyInfo.getInstance(key.octets()),
              new DERTaggedObject(
                  true, EXTENSIONS_TAG, new DERSequence(extensions.toArray(Extension[]::new)))
            }));
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
