package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.MemoryKey;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.Validity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates at the turn of 2049, on leap days, and at both ends of their issuer's life. */
class DatesAtTheEdgeTest {
  private static final Validity ISSUER =
      new Validity(Instant.parse("2047-01-01T00:00:00Z"), Instant.parse("2052-03-01T00:00:00Z"));

  private final MemoryKey rootKey = MemoryKey.named("root");
  private final MemoryKey issuingKey = MemoryKey.named("issuing");
  private final AuthorityCertificates authority =
      new AuthorityCertificates(new SecureRandom(), InstantSource.fixed(ISSUER.notBefore()));
  private final IssuedCertificate root =
      authority.root(
          rootKey, DistinguishedName.parse("O=Example Bank, CN=Root"), ISSUER, Optional.of(1));
  private final IssuedCertificate issuing =
      authority.intermediate(
          root,
          rootKey,
          issuingKey.publicKey(),
          DistinguishedName.parse("O=Example Bank, CN=Issuing"),
          ISSUER,
          0,
          NameConstraints.NONE);
  private final Issuer issuer =
      new Issuer(
          Scene.ISSUING, issuing, List.of(root), issuingKey, Scene.ADDRESSES, new SigningSwitch());

  @ParameterizedTest
  @CsvSource({
    "2049-12-31T23:59:58Z",
    "2049-12-31T23:59:59Z",
    "2050-01-01T00:00:00Z",
    "2050-01-01T00:04:59Z",
    "2049-10-02T23:59:59Z",
    "2048-02-28T23:59:59Z",
    "2048-02-29T00:00:00Z",
    "2048-02-29T23:59:59Z",
    "2048-03-01T00:00:00Z",
    "2052-02-29T12:00:00Z",
    "2047-01-01T00:00:00Z",
    "2052-03-01T00:00:00Z"
  })
  void staysInsideItsIssuerAndItsProfileInTheRightForm(Instant now) throws Exception {
    IssuedCertificate made = issue(now);
    Validity validity = made.validity();
    assertThat(validity.notBefore()).isBetween(ISSUER.notBefore(), now);
    assertThat(validity.notAfter()).isBetween(now, ISSUER.notAfter());
    assertThat(validity.length()).isLessThanOrEqualTo(Duration.ofDays(90));
    var tbs = Certificate.getInstance(made.der().octets()).getTBSCertificate();
    form(tbs.getStartDate().toASN1Primitive(), validity.notBefore());
    form(tbs.getEndDate().toASN1Primitive(), validity.notAfter());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2046-12-31T23:59:59Z", "2052-03-01T00:00:01Z", "2053-04-04T00:00:00Z"})
  void nothingOutsideTheIssuersLife(Instant now) {
    assertThatThrownBy(() -> issue(now))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class));
  }

  /** RFC 5280 s4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050. */
  private static void form(Object time, Instant said) {
    assertThat(time)
        .as("%s", said)
        .isInstanceOf(
            said.isBefore(Instant.parse("2050-01-01T00:00:00Z"))
                ? ASN1UTCTime.class
                : ASN1GeneralizedTime.class);
  }

  private IssuedCertificate issue(Instant now) {
    return issuer.sign(
        issuer.prepare(Scene.server(), SerialNumber.random(new SecureRandom()), now));
  }
}
