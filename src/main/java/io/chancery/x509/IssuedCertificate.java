package io.chancery.x509;

import io.chancery.Failure;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate as it was signed, with the parts that the book and the doors ask for. {@code
 * subject} and {@code issuer} are RFC 4514-like texts for people, free of control characters.
 *
 * @param crlAddresses the http and other addresses of the CRLs that list it (RFC 5280 s4.2.1.13),
 *     in their order; none where there is no such extension or it cannot be read
 */
public record IssuedCertificate(
    Der der,
    SerialNumber serial,
    String issuer,
    String subject,
    List<SubjectAltName> names,
    Validity validity,
    SubjectPublicKey key,
    List<String> crlAddresses) {
  private static final int LARGEST = 65_536;

  public IssuedCertificate {
    names = List.copyOf(names);
    crlAddresses = List.copyOf(crlAddresses);
  }

  /** Reads a certificate that an authority of ours signed; anything unreadable is refused. */
  public static IssuedCertificate parse(Der der) {
    if (der.length() > LARGEST) {
      throw new Failure.TooLarge("certificate", LARGEST, "octets").thrown();
    }
    byte[] octets = der.octets();
    DerStructure.check(Place.CERTIFICATE, octets);
    return Place.CERTIFICATE.read(
        "RFC 5280 s4.1", () -> read(der, new X509CertificateHolder(octets)));
  }

  private static IssuedCertificate read(Der der, X509CertificateHolder holder) throws IOException {
    return new IssuedCertificate(
        der,
        new SerialNumber(holder.getSerialNumber()),
        NameText.of(holder.getIssuer()),
        NameText.of(holder.getSubject()),
        names(Optional.ofNullable(holder.getExtension(Extension.subjectAlternativeName))),
        Validity.of(holder.toASN1Structure().getStartDate(), holder.toASN1Structure().getEndDate()),
        SubjectPublicKey.known(Der.of(holder.getSubjectPublicKeyInfo().getEncoded())),
        DistributionPoints.addresses(
            Optional.ofNullable(holder.getExtension(Extension.cRLDistributionPoints))));
  }

  private static List<SubjectAltName> names(Optional<Extension> extension) {
    if (extension.isEmpty()) {
      return List.of();
    }
    byte[] value = extension.get().getExtnValue().getOctets();
    DerStructure.check(Place.CERTIFICATE.at("subjectAltName"), value);
    return Arrays.stream(GeneralNames.getInstance(value).getNames())
        .map(GeneralNameText::read)
        .toList();
  }

  public Thumbprint thumbprint() {
    return der.thumbprint();
  }

  public String pem() {
    return Pem.encode(Pem.CERTIFICATE, der);
  }
}
