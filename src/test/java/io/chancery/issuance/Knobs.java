package io.chancery.issuance;

import io.chancery.issuance.der.Tbs;
import io.chancery.x509.Der;
import io.chancery.x509.KeyId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A good certificate taken apart, with a knob on every part, and put together again. */
final class Knobs {
  int version = 2;
  ASN1Integer serial;
  AlgorithmIdentifier inner;
  AlgorithmIdentifier outer;
  ASN1Encodable issuer;
  ASN1Encodable notBefore;
  ASN1Encodable notAfter;
  ASN1Encodable subject;
  SubjectPublicKeyInfo key;
  final List<ASN1Encodable> extensions = new ArrayList<>();

  Knobs(Der tbs) {
    ASN1Sequence fields = ASN1Sequence.getInstance(tbs.octets());
    serial = ASN1Integer.getInstance(fields.getObjectAt(1));
    inner = AlgorithmIdentifier.getInstance(fields.getObjectAt(2));
    outer = inner;
    issuer = fields.getObjectAt(3);
    ASN1Sequence validity = ASN1Sequence.getInstance(fields.getObjectAt(4));
    notBefore = validity.getObjectAt(0);
    notAfter = validity.getObjectAt(1);
    subject = fields.getObjectAt(5);
    key = SubjectPublicKeyInfo.getInstance(fields.getObjectAt(6));
    ASN1Sequence.getInstance(
            ASN1TaggedObject.getInstance(fields.getObjectAt(7)).getExplicitBaseObject())
        .forEach(extensions::add);
  }

  /** Replaces the extension of this kind where it stands, or adds it. */
  void set(ASN1ObjectIdentifier oid, ASN1Encodable value, boolean critical) {
    put(oid, new Extension(oid, critical, Tbs.encode(value).octets()));
  }

  /** Plain, with a value. */
  void set(ASN1ObjectIdentifier oid, ASN1Encodable value) {
    set(oid, value, false);
  }

  /** The same extension, with {@code critical} turned. */
  void turnCritical(ASN1ObjectIdentifier oid) {
    Extension old = Extension.getInstance(extensions.get(position(oid)));
    put(oid, new Extension(oid, !old.isCritical(), old.getExtnValue()));
  }

  /** Writes critical FALSE out, which DER leaves to the default. */
  void writeFalse(ASN1ObjectIdentifier oid) {
    Extension old = Extension.getInstance(extensions.get(position(oid)));
    put(
        oid,
        new DERSequence(
            new ASN1Encodable[] {
              oid, ASN1Boolean.FALSE, new DEROctetString(old.getExtnValue().getOctets())
            }));
  }

  void drop(ASN1ObjectIdentifier oid) {
    extensions.remove(position(oid));
  }

  void twice(ASN1ObjectIdentifier oid) {
    extensions.add(extensions.get(position(oid)));
  }

  /** Another key, with the subject key identifier that it has. */
  void key(SubjectPublicKeyInfo other) {
    key = other;
    try {
      set(
          Extension.subjectKeyIdentifier,
          new SubjectKeyIdentifier(KeyId.of(Der.of(other.getEncoded())).octets()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Der certificate() {
    DERSequence tbs =
        new DERSequence(
            new ASN1Encodable[] {
              new DERTaggedObject(true, 0, new ASN1Integer(version)),
              serial,
              inner,
              issuer,
              new DERSequence(new ASN1Encodable[] {notBefore, notAfter}),
              subject,
              key,
              new DERTaggedObject(
                  true, 3, new DERSequence(extensions.toArray(ASN1Encodable[]::new)))
            });
    return Tbs.encode(
        new DERSequence(new ASN1Encodable[] {tbs, outer, new DERBitString(new byte[] {1, 2, 3})}));
  }

  private void put(ASN1ObjectIdentifier oid, ASN1Encodable extension) {
    int at = position(oid);
    if (at < 0) {
      extensions.add(extension);
    } else {
      extensions.set(at, extension);
    }
  }

  private int position(ASN1ObjectIdentifier oid) {
    for (int i = 0; i < extensions.size(); i++) {
      if (ASN1Sequence.getInstance(extensions.get(i).toASN1Primitive())
          .getObjectAt(0)
          .equals(oid)) {
        return i;
      }
    }
    return -1;
  }
}
