package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.issuance.der.Tbs;
import io.chancery.testing.Csrs;
import io.chancery.x509.Der;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SignatureAlgorithm;
import io.chancery.x509.Validity;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written by hand is what another encoder makes of the same fields, to the octet. */
class TbsTest {
  private static final X500Name ISSUER = new X500Name("CN=issuer,O=Chancery");

  @ParameterizedTest
  @CsvSource({
    "1, CN=a, ECDSA_SHA256, 2026-01-01T00:00:00Z, 2026-03-31T23:59:59Z, 10",
    "80, '', ECDSA_SHA384, 2049-12-31T23:59:59Z, 2050-01-01T00:00:00Z, 200",
    "7fffffffffffffffffffffffffffffffffffffff, CN=b, RSA_SHA256, 2024-02-29T12:34:56Z,"
        + " 2100-03-01T00:00:00Z, 70000",
    "ff00, CN=c, ED25519, 1950-01-01T00:00:00Z, 9999-12-31T23:59:59Z, 0"
  })
  void asAnotherEncoderHasIt(
      String serial,
      String subject,
      SignatureAlgorithm algorithm,
      Instant from,
      Instant to,
      int octets)
      throws IOException {
    X500Name name = new X500Name(subject);
    Der key = Csrs.ec("").build().csr().key().info();
    List<Extension> extensions =
        List.of(
            new Extension(Extension.keyUsage, true, new byte[] {3, 2, 7, (byte) 0x80}),
            new Extension(Extension.subjectAlternativeName, false, new byte[octets]));

    Der written =
        Tbs.encode(
            SerialNumber.parse(serial),
            algorithm,
            Tbs.encode(ISSUER),
            new Validity(from, to),
            Tbs.encode(name),
            key,
            extensions);

    V3TBSCertificateGenerator other = new V3TBSCertificateGenerator();
    other.setSerialNumber(new ASN1Integer(new BigInteger(serial, 16)));
    other.setSignature(algorithm.identifier());
    other.setIssuer(ISSUER);
    other.setStartDate(new Time(Date.from(from)));
    other.setEndDate(new Time(Date.from(to)));
    other.setSubject(name);
    other.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.octets()));
    other.setExtensions(new Extensions(extensions.toArray(Extension[]::new)));
    assertThat(written.octets())
        .isEqualTo(other.generateTBSCertificate().getEncoded(ASN1Encoding.DER));
  }
}
