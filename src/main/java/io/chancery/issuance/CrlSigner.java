package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.Purpose;
import io.chancery.issuance.der.DerBuffer;
import io.chancery.issuance.der.DerTime;
import io.chancery.issuance.der.Octets;
import io.chancery.issuance.der.SignedDer;
import io.chancery.issuance.der.Tbs;
import io.chancery.x509.Der;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.TBSCertList;

/**
 * Signs CRLs, version 2, of one issuer (RFC 5280 s5): complete ones, shards and deltas. The entries
 * are hashed as they are read; nothing here grows with their number.
 */
final class CrlSigner {
  private static final int SEQUENCE = 0x30;
  private static final int EXTENSIONS_TAG = 0xa0;

  /** RFC 5280 s5.1.2.1: INTEGER 1 means version 2. */
  private static final byte[] VERSION_2 = {2, 1, 1};

  private final Signatory signatory;

  CrlSigner(Signatory signatory) {
    this.signatory = signatory;
  }

  /** The signed CRL reads the entries whenever it is read itself. */
  SignedCrl sign(CrlContent content, CrlEntries entries) {
    String what =
        "CRL " + content.number() + " of " + signatory.certificate().certificate().subject();
    // RFC 5280 s5.3.1: removeFromCRL may only appear in delta CRLs.
    if (entries.removals() > 0 && !(content.kind() instanceof CrlKind.Delta)) {
      throw new Failure.Malformed(
              "CRL entry", "", "removeFromCRL in a complete CRL", "RFC 5280 s5.3.1")
          .thrown();
    }
    DerBuffer fields = fields(content);
    DerBuffer tail = tail(content);
    mustSay(what, content, fields, tail);
    Body body = new Body(head(fields, entries.length(), tail.length()), entries, tail.toArray());
    byte[] signature = signatory.seal().sign(Purpose.CRL, what, body);
    DerBuffer behind =
        new DerBuffer(tail.length() + signature.length + 32)
            .octets(tail)
            .octets(SignedDer.signature(signatory.seal().algorithm(), signature));
    long rest = body.length() + behind.length() - tail.length();
    DerBuffer before =
        new DerBuffer(body.head().length + 6)
            .header(SEQUENCE, Math.toIntExact(rest))
            .octets(body.head());
    return new SignedCrl(before, entries, behind);
  }

  /** TBSCertList: its head, the entries, its tail. */
  @SuppressWarnings("ArrayRecordComponent") // made, hashed, forgotten
  private record Body(byte[] head, CrlEntries entries, byte[] tail) implements Octets {
    @Override
    public void each(Consumer<ByteBuffer> piece) {
      piece.accept(ByteBuffer.wrap(head));
      entries.each(piece);
      piece.accept(ByteBuffer.wrap(tail));
    }

    @Override
    public long length() {
      return head.length + entries.length() + tail.length;
    }
  }

  private static byte[] head(DerBuffer fields, long entries, int tail) {
    DerBuffer list = new DerBuffer(16);
    // RFC 5280 s5.1.2.6: when nothing is revoked, the list MUST be absent.
    if (entries > 0) {
      list.header(SEQUENCE, Math.toIntExact(entries));
    }
    int length = Math.toIntExact(fields.length() + list.length() + entries + tail);
    return new DerBuffer(fields.length() + 16)
        .header(SEQUENCE, length)
        .octets(fields)
        .octets(list)
        .toArray();
  }

  private DerBuffer fields(CrlContent content) {
    DerBuffer fields =
        new DerBuffer(512)
            .octets(VERSION_2)
            .octets(SignedDer.identifier(signatory.seal().algorithm()))
            .octets(signatory.certificate().subject().octets());
    DerTime.write(fields, content.thisUpdate().getEpochSecond());
    DerTime.write(fields, content.nextUpdate().getEpochSecond());
    return fields;
  }

  private DerBuffer tail(CrlContent content) {
    byte[] extensions =
        Tbs.encode(new Extensions(extensions(content).toArray(Extension[]::new))).octets();
    return new DerBuffer(extensions.length + 8)
        .header(EXTENSIONS_TAG, extensions.length)
        .octets(extensions);
  }

  private List<Extension> extensions(CrlContent content) {
    List<Extension> all = new ArrayList<>();
    // RFC 5280 s5.2.1 and s5.2.3: both MUST be in every CRL of a conforming issuer.
    all.add(ExtensionParts.authorityKey(signatory.certificate().keyIdentifier()));
    all.add(ExtensionParts.plain(Extension.cRLNumber, new ASN1Integer(content.number())));
    switch (content.kind()) {
      // RFC 5280 s5.2.6: non-critical, and never in a delta.
      case CrlKind.Complete complete ->
          complete
              .freshest()
              .ifPresent(
                  address ->
                      all.add(
                          ExtensionParts.plain(
                              Extension.freshestCRL, ExtensionParts.pointsTo(address))));
      // RFC 5280 s5.2.5: critical, with the very name that stands in the certificates' CDP.
      case CrlKind.Shard shard ->
          all.add(
              ExtensionParts.critical(
                  Extension.issuingDistributionPoint,
                  new IssuingDistributionPoint(
                      ExtensionParts.nameOf(shard.address()), false, false)));
      // RFC 5280 s5.2.4: critical.
      case CrlKind.Delta delta ->
          all.add(
              ExtensionParts.critical(Extension.deltaCRLIndicator, new ASN1Integer(delta.base())));
    }
    return all;
  }

  /** Reads again what stands around the entries, as anybody will. */
  private void mustSay(String what, CrlContent content, DerBuffer fields, DerBuffer tail) {
    byte[] without =
        new DerBuffer(fields.length() + tail.length() + 8)
            .header(SEQUENCE, fields.length() + tail.length())
            .octets(fields)
            .octets(tail)
            .toArray();
    try {
      TBSCertList list = TBSCertList.getInstance(without);
      Extensions extensions = list.getExtensions();
      boolean kept =
          Tbs.encode(list.getIssuer()).equals(signatory.certificate().subject())
              && list.getThisUpdate().getDate().toInstant().equals(content.thisUpdate())
              && list.getNextUpdate().getDate().toInstant().equals(content.nextUpdate())
              && number(extensions).getValue().equals(content.number())
              && keyIdentifier(extensions).equals(signatory.certificate().keyIdentifier())
              && Tbs.encode(list).equals(Der.of(without));
      if (!kept) {
        throw new Failure.BrokenPromise(what, "its header says something else").thrown();
      }
    } catch (IllegalArgumentException unreadable) {
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
