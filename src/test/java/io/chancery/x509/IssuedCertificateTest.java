package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.Refusals;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/** Certificates are read with what the book keeps of them, or refused. */
class IssuedCertificateTest {
  private static final Der GOOD =
      Certificates.selfSigned(
          "C=NL,O=Example Bank,CN=payments",
          new GeneralName(GeneralName.dNSName, "payments.internal.test"),
          new GeneralName(GeneralName.iPAddress, "10.0.0.1"));

  @Test
  void partsAreRead() {
    IssuedCertificate certificate = IssuedCertificate.parse(GOOD);

    assertThat(certificate.serial().hex()).isEqualTo("abcdef");
    assertThat(certificate.subject()).isEqualTo("C=NL, O=Example Bank, CN=payments");
    assertThat(certificate.issuer()).isEqualTo(certificate.subject());
    assertThat(certificate.names())
        .extracting(SubjectAltName::text)
        .containsExactly("dns:payments.internal.test", "ip:10.0.0.1");
    assertThat(certificate.validity()).isEqualTo(new Validity(Certificates.FROM, Certificates.TO));
    assertThat(certificate.thumbprint()).isEqualTo(Thumbprint.of(GOOD.octets()));
    assertThat(Pem.decodeOne(Pem.CERTIFICATE, certificate.pem())).isEqualTo(GOOD);
  }

  @Test
  void namesMayBeAbsent() {
    assertThat(IssuedCertificate.parse(Certificates.selfSigned("CN=a")).names()).isEmpty();
  }

  @Test
  void aNameInItIsHarmlessAsText() {
    X500Name name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.CN, new DERUTF8String("a\r\nb\0, O=c\u202e"))
            .build();

    IssuedCertificate certificate =
        IssuedCertificate.parse(Certificates.selfSigned(name, BigInteger.ONE));

    assertThat(certificate.subject()).isEqualTo("CN=a\\0d\\0ab\\00\\, O=c\\e2\\80\\ae");
  }

  @Test
  void impossibleSerialsAreRefused() {
    for (BigInteger serial :
        new BigInteger[] {BigInteger.ZERO, BigInteger.TEN.negate(), BigInteger.TWO.pow(160)}) {
      Der certificate = Certificates.selfSigned(new X500Name("CN=a"), serial);
      assertThat(Refusals.malformed(() -> IssuedCertificate.parse(certificate)).what())
          .isEqualTo("serial number");
    }
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    for (Der other :
        new Der[] {
          Der.of(new byte[0]),
          Der.of(new byte[] {5, 0}),
          Der.of(new byte[] {0x30, 0}),
          Der.of(CsrBombTest.nested(10_000)),
          Der.of(Arrays.copyOf(GOOD.octets(), GOOD.length() + 1))
        }) {
      assertThat(Refusals.malformed(() -> IssuedCertificate.parse(other)).what())
          .isEqualTo("certificate");
    }
    assertThat(Refusals.of(() -> IssuedCertificate.parse(Der.of(new byte[65_537]))))
        .isEqualTo(new Failure.TooLarge("certificate", 65_536, "octets"));
  }

  @Test
  void everyFlippedOctetIsReadOrRefused() {
    for (int i = 0; i < GOOD.length(); i++) {
      for (int flip : new int[] {0x01, 0x20, 0x80, 0xff}) {
        byte[] bad = GOOD.octets();
        bad[i] ^= (byte) flip;
        try {
          IssuedCertificate.parse(Der.of(bad));
        } catch (PkiException refused) {
          Refusals.assertIsPlain(refused.failure().detail());
        } catch (Throwable other) {
          fail("octet " + i + " ^ " + flip, other);
        }
      }
    }
  }
}
