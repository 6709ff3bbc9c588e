package io.chancery.x509;

import io.chancery.Failure;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;

/** Between GeneralName and {@link SubjectAltName}; kinds not issued here are refused by name. */
public final class GeneralNameText {
  private GeneralNameText() {}

  /** Reads one GeneralName (RFC 5280 s4.2.1.6). */
  public static SubjectAltName read(GeneralName name) {
    return new Place("subjectAltName", kind(name.getTagNo()))
        .read("RFC 5280 s4.2.1.6", () -> byKind(name));
  }

  private static SubjectAltName byKind(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> new SubjectAltName.Dns(ia5(name));
      case GeneralName.iPAddress ->
          SubjectAltName.Ip.of(ASN1OctetString.getInstance(name.getName()).getOctets());
      case GeneralName.uniformResourceIdentifier -> new SubjectAltName.Uri(ia5(name));
      case GeneralName.rfc822Name -> new SubjectAltName.Email(ia5(name));
      default ->
          throw new Failure.Malformed(
                  "subjectAltName",
                  kind(name.getTagNo()),
                  "is no kind of name issued here: dNSName, iPAddress, URI and rfc822Name are",
                  "RFC 5280 s4.2.1.6")
              .thrown();
    };
  }

  /** The encoded form. */
  public static GeneralName write(SubjectAltName name) {
    return switch (name) {
      case SubjectAltName.Dns dns ->
          new GeneralName(GeneralName.dNSName, new DERIA5String(dns.value()));
      case SubjectAltName.Ip ip ->
          new GeneralName(GeneralName.iPAddress, new DEROctetString(ip.address().getAddress()));
      case SubjectAltName.Uri uri ->
          new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String(uri.value()));
      case SubjectAltName.Email email ->
          new GeneralName(GeneralName.rfc822Name, new DERIA5String(email.value()));
    };
  }

  private static String ia5(GeneralName name) {
    return ASN1IA5String.getInstance(name.getName()).getString();
  }

  private static String kind(int tag) {
    return switch (tag) {
      case GeneralName.dNSName -> "dNSName";
      case GeneralName.iPAddress -> "iPAddress";
      case GeneralName.uniformResourceIdentifier -> "uniformResourceIdentifier";
      case GeneralName.rfc822Name -> "rfc822Name";
      case GeneralName.otherName -> "otherName";
      case GeneralName.x400Address -> "x400Address";
      case GeneralName.directoryName -> "directoryName";
      case GeneralName.ediPartyName -> "ediPartyName";
      case GeneralName.registeredID -> "registeredID";
      default -> "tag " + tag;
    };
  }
}
