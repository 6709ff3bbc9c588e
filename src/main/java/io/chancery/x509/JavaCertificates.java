package io.chancery.x509;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate as the Java platform's TLS wants it. */
public final class JavaCertificates {
  private JavaCertificates() {}

  public static X509Certificate of(IssuedCertificate certificate) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.der().octets()));
    } catch (CertificateException impossible) {
      throw new IllegalStateException("it was parsed before", impossible);
    }
  }

  /** Other authorities' certificates, of a file with one or more, PEM or DER. */
  public static List<X509Certificate> foreign(byte[] file) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(file))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }
}
