package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.Purpose;
import io.chancery.x509.Der;
import java.io.IOException;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;

/** Signs full CRLs, version 2, of one issuer (RFC 5280 s5). */
final class CrlSigner {
  private static final int SEQUENCE = 0x30;
  private static final int EXTENSIONS_TAG = 0xa0;

  /** RFC 5280 s5.1.2.1: INTEGER 1 means version 2. */
  private static final byte[] VERSION_2 = {2, 1, 1};

  private final Signatory signatory;

  CrlSigner(Signatory signatory) {
    this.signatory = signatory;
  }

  Der sign(CrlContent content) {
    String what =
        "CRL " + content.number() + " of " + signatory.certificate().certificate().subject();
    CrlEntries entries = new CrlEntries();
    content.entries().forEachRemaining(entries::add);
    byte[] signed = signatory.seal().set(Purpose.CRL, what, body(content, entries.octets()));
    mustSay(what, content, entries.count(), signed);
    return Der.of(signed);
  }

  /** TBSCertList. */
  private byte[] body(CrlContent content, DerBuffer entries) {
    DerBuffer head = new DerBuffer(512);
    head.octets(VERSION_2)
        .octets(SignedDer.identifier(signatory.seal().algorithm()))
        .octets(signatory.certificate().subject().octets())
        .octets(CrlEntries.time(content.thisUpdate()))
        .octets(CrlEntries.time(content.nextUpdate()));
    // RFC 5280 s5.1.2.6: when nothing is revoked, the list MUST be absent.
    if (entries.length() > 0) {
      head.header(SEQUENCE, entries.length());
    }
    byte[] extensions = extensions(content);
    DerBuffer tail = new DerBuffer(extensions.length + 4);
    tail.header(EXTENSIONS_TAG, extensions.length).octets(extensions);
    int length = Math.addExact(Math.addExact(head.length(), entries.length()), tail.length());
    return new DerBuffer(length + 6)
        .header(SEQUENCE, length)
        .octets(head)
        .octets(entries)
        .octets(tail)
        .toArray();
  }

  /** RFC 5280 s5.2.1 and s5.2.3: both MUST be in every CRL of a conforming issuer. */
  private byte[] extensions(CrlContent content) {
    Extension[] both = {
      ExtensionParts.authorityKey(signatory.certificate().keyIdentifier()),
      ExtensionParts.plain(Extension.cRLNumber, new ASN1Integer(content.number()))
    };
    return Tbs.encode(new Extensions(both)).octets();
  }

  /** Reads the header of what came out; the entries stay octets. */
  private void mustSay(String what, CrlContent content, long count, byte[] signed) {
    try (ASN1InputStream in = new ASN1InputStream(signed, true)) {
      TBSCertList list = CertificateList.getInstance(in.readObject()).getTBSCertList();
      Extensions extensions = list.getExtensions();
      boolean kept =
          in.readObject() == null
              && Tbs.encode(list.getIssuer()).equals(signatory.certificate().subject())
              && list.getThisUpdate().getDate().toInstant().equals(content.thisUpdate())
              && list.getNextUpdate().getDate().toInstant().equals(content.nextUpdate())
              && number(extensions).getValue().equals(content.number())
              && keyIdentifier(extensions).equals(signatory.certificate().keyIdentifier())
              && list.getRevokedCertificateEnumeration().hasMoreElements() == (count > 0);
      if (!kept) {
        throw new Failure.BrokenPromise(what, "its header says something else").thrown();
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new Failure.BrokenPromise(what, "it cannot be read again").because(unreadable);
    }
  }

  private static ASN1Integer number(Extensions extensions) {
    return ASN1Integer.getInstance(extensions.getExtensionParsedValue(Extension.cRLNumber));
  }

  private static String keyIdentifier(Extensions extensions) {
    return HexFormat.of()
        .formatHex(
            AuthorityKeyIdentifier.getInstance(
                    extensions.getExtensionParsedValue(Extension.authorityKeyIdentifier))
                .getKeyIdentifierOctets());
  }
}
