package io.chancery.x509;

import io.chancery.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate as it was signed, with the parts that the book and the doors ask for. {@code
 * subject} and {@code issuer} are RFC 4514-like texts for people.
 */
public record IssuedCertificate(
    Der der,
    SerialNumber serial,
    String issuer,
    String subject,
    List<SubjectAltName> names,
    Validity validity,
    Thumbprint keyThumbprint) {
  public IssuedCertificate {
    names = List.copyOf(names);
  }

  /** Reads a certificate that an authority of ours signed; anything unreadable is refused. */
  public static IssuedCertificate parse(Der der) {
    try {
      X509CertificateHolder holder = new X509CertificateHolder(der.octets());
      return new IssuedCertificate(
          der,
          new SerialNumber(holder.getSerialNumber()),
          NameText.of(holder.getIssuer()),
          NameText.of(holder.getSubject()),
          names(holder),
          new Validity(holder.getNotBefore().toInstant(), holder.getNotAfter().toInstant()),
          Thumbprint.of(holder.getSubjectPublicKeyInfo().getEncoded()));
    } catch (IOException | RuntimeException unreadable) {
      if (unreadable instanceof io.chancery.PkiException known) {
        throw known;
      }
      throw new Failure.Malformed("certificate", "", "cannot be read", "RFC 5280 s4.1")
          .because(unreadable);
    }
  }

  public Thumbprint thumbprint() {
    return der.thumbprint();
  }

  public String pem() {
    return Pem.encode(Pem.CERTIFICATE, der);
  }

  private static List<SubjectAltName> names(X509CertificateHolder holder) {
    Extension extension = holder.getExtension(Extension.subjectAlternativeName);
    List<SubjectAltName> names = new ArrayList<>();
    if (extension != null) {
      for (var name : GeneralNames.getInstance(extension.getParsedValue()).getNames()) {
        names.add(GeneralNameText.read(name));
      }
    }
    return names;
  }
}
