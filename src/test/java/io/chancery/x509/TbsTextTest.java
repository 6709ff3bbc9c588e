package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V1TBSCertificateGenerator;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

/** The times of a to-be-signed certificate are found without the rest. */
class TbsTextTest {
  private static final Validity SPAN = new Validity(Certificates.FROM, Certificates.TO);
  private final TBSCertificate made = read(Certificates.selfSigned("CN=a"));

  @Test
  void timesOfACertificateWithAVersion() throws IOException {
    assertThat(TbsText.validity(Der.of(made.getEncoded()))).isEqualTo(SPAN);
  }

  @Test
  void timesOfOneWithout() throws IOException {
    var first = new V1TBSCertificateGenerator();
    first.setSerialNumber(made.getSerialNumber());
    first.setSignature(made.getSignature());
    first.setIssuer(new X500Name("CN=a"));
    first.setSubject(new X500Name("CN=a"));
    first.setStartDate(new Time(Date.from(Certificates.FROM)));
    first.setEndDate(new Time(Date.from(Certificates.TO)));
    first.setSubjectPublicKeyInfo(made.getSubjectPublicKeyInfo());
    assertThat(TbsText.validity(Der.of(first.generateTBSCertificate().getEncoded())))
        .isEqualTo(SPAN);
  }

  private static TBSCertificate read(Der certificate) {
    try {
      return new X509CertificateHolder(certificate.octets()).toASN1Structure().getTBSCertificate();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
