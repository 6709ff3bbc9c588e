package io.chancery.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;

/** A to-be-signed certificate of our own making, for people. */
public final class TbsText {
  private TbsText() {}

  /** What a difference is found in. */
  public record Parts(String subject, List<SubjectAltName> names, Extensions extensions) {
    /** What the certificate has otherwise than the request asked; empty where it is the same. */
    public Optional<String> differenceTo(Csr.RequestedExtension asked) {
      Extension given = extensions.getExtension(new ASN1ObjectIdentifier(asked.oid()));
      if (given == null) {
        return Optional.of("asked, not given");
      }
      boolean same = Der.of(given.getExtnValue().getOctets()).equals(asked.value());
      return same ? Optional.empty() : Optional.of("given as the profile says, not as asked");
    }
  }

  public static Parts parts(Der tbs) {
    TBSCertificate certificate = TBSCertificate.getInstance(tbs.octets());
    List<SubjectAltName> names = new ArrayList<>();
    ASN1Encodable san =
        certificate.getExtensions().getExtensionParsedValue(Extension.subjectAlternativeName);
    if (san != null) {
      for (var name : GeneralNames.getInstance(san).getNames()) {
        names.add(GeneralNameText.read(name));
      }
    }
    return new Parts(NameText.of(certificate.getSubject()), names, certificate.getExtensions());
  }

  /** The key that it is for. */
  public static SubjectPublicKey key(Der tbs) {
    try {
      return SubjectPublicKey.known(
          Der.of(TBSCertificate.getInstance(tbs.octets()).getSubjectPublicKeyInfo().getEncoded()));
    } catch (IOException impossible) {
      throw new UncheckedIOException("it was read from octets", impossible);
    }
  }

  /** From when until when it is valid. Nothing else is taken apart: each reservation asks this. */
  public static Validity validity(Der tbs) {
    try (ASN1InputStream lazy = new ASN1InputStream(tbs.octets(), true)) {
      ASN1Sequence fields = ASN1Sequence.getInstance(lazy.readObject());
      // RFC 5280 s4.1: [0] version, serialNumber, signature, issuer, validity
      int versioned = fields.getObjectAt(0) instanceof ASN1TaggedObject ? 1 : 0;
      ASN1Sequence both = ASN1Sequence.getInstance(fields.getObjectAt(3 + versioned));
      return Validity.of(
          Time.getInstance(both.getObjectAt(0)), Time.getInstance(both.getObjectAt(1)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("it was made here", impossible);
    }
  }

  /** One line a field. */
  public static List<String> lines(Der tbs) {
    TBSCertificate certificate = TBSCertificate.getInstance(tbs.octets());
    Parts parts = parts(tbs);
    List<String> lines = new ArrayList<>();
    lines.add("version: " + certificate.getVersionNumber());
    lines.add("serialNumber: " + new SerialNumber(certificate.getSerialNumber().getValue()).hex());
    lines.add("issuer: " + NameText.of(certificate.getIssuer()));
    lines.add("notBefore: " + certificate.getStartDate().getDate().toInstant());
    lines.add("notAfter: " + certificate.getEndDate().getDate().toInstant());
    lines.add("subject: " + parts.subject());
    for (var oid : certificate.getExtensions().getExtensionOIDs()) {
      Extension extension = certificate.getExtensions().getExtension(oid);
      lines.add(
          "extension "
              + ExtensionText.name(oid)
              + (extension.isCritical() ? " (critical)" : "")
              + ": "
              + ExtensionText.value(extension));
    }
    return lines;
  }
}
