package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Csrs;
import io.chancery.testing.Refusals;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Good requests are read, with everything that they say. */
class CsrTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"ec-p256", "ec-p384", "ec-p521", "rsa-2048", "rsa-3072", "rsa-4096", "ed25519"})
  void keysOfEveryAcceptedKindAreRead(String algorithm) {
    KeyAlgorithm expected = KeyAlgorithm.parse(algorithm);
    Csrs.Made made = Csrs.of(expected, "CN=service").dns("service.internal.test").build();

    Csr csr = Csr.parse(made.der());

    assertThat(csr.key().algorithm()).isEqualTo(expected);
    assertThat(csr.key().info().octets()).isEqualTo(made.pair().getPublic().getEncoded());
    assertThat(csr.der()).isEqualTo(Der.of(made.der()));
  }

  @ParameterizedTest
  @CsvSource({
    "ec-p256, SHA384withECDSA",
    "ec-p384, SHA512withECDSA",
    "ec-p521, SHA256withECDSA",
    "rsa-2048, SHA384withRSA",
    "rsa-2048, SHA512withRSA",
  })
  void everyAcceptedDigestIsRead(String key, String algorithm) {
    Csr csr = Csrs.of(KeyAlgorithm.parse(key), "CN=a").signedWith(algorithm).build().csr();

    assertThat(csr.key().algorithm()).hasToString(key);
  }

  @Test
  void namesAndSubjectAreRead() {
    Csr csr =
        Csrs.ec("C=NL,O=Example Bank,CN=payments")
            .dns("Payments.Internal.test", "*.pay.internal.test")
            .ip("10.0.0.1", "2001:db8::1")
            .uri("spiffe://bank.test/ns/pay/sa/api")
            .email("ops@Bank.test")
            .build()
            .csr();

    assertThat(csr.subject())
        .isEqualTo(DistinguishedName.parse("C=NL, O=Example Bank, CN=payments"));
    assertThat(csr.names())
        .extracting(SubjectAltName::text)
        .containsExactly(
            "dns:payments.internal.test",
            "dns:*.pay.internal.test",
            "ip:10.0.0.1",
            "ip:2001:db8::1",
            "uri:spiffe://bank.test/ns/pay/sa/api",
            "email:ops@bank.test");
    assertThat(csr.requested()).isEmpty();
  }

  @Test
  void aRequestMayAskForNothing() {
    Csr csr = Csrs.ec("").build().csr();

    assertThat(csr.subject().isEmpty()).isTrue();
    assertThat(csr.names()).isEmpty();
    assertThat(csr.requested()).isEmpty();
  }

  @Test
  void aNameGivenTwiceCountsOnce() {
    Csr csr = Csrs.ec("CN=a").dns("a.internal.test", "A.internal.TEST").build().csr();

    assertThat(csr.names()).containsExactly(new SubjectAltName.Dns("a.internal.test"));
  }

  @Test
  void otherExtensionsAreListedAndNotJudged() {
    BasicConstraints authority = new BasicConstraints(true);
    KeyUsage usage = new KeyUsage(KeyUsage.keyCertSign);
    Csr csr =
        Csrs.ec("CN=a")
            .dns("a.internal.test")
            .extension(Extension.basicConstraints, true, authority)
            .extension(Extension.keyUsage, false, usage)
            .build()
            .csr();

    assertThat(csr.names()).hasSize(1);
    assertThat(csr.requested())
        .containsExactly(
            new Csr.RequestedExtension("2.5.29.19", true, Der.of(Csrs.encoded(authority))),
            new Csr.RequestedExtension("2.5.29.15", false, Der.of(Csrs.encoded(usage))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.113549.1.9.2",
        "1.3.6.1.4.1.311.13.2.2",
        "1.3.6.1.4.1.311.13.2.3",
        "1.3.6.1.4.1.311.21.20"
      })
  void attributesWithoutMeaningAreLeftOut(String type) {
    Csr csr =
        Csrs.ec("CN=a")
            .dns("a.internal.test")
            .attribute(new ASN1ObjectIdentifier(type), new DERUTF8String("10.0.20348.2"))
            .build()
            .csr();

    assertThat(csr.names()).hasSize(1);
    assertThat(csr.requested()).isEmpty();
  }

  @Test
  void pemIsReadWithEitherLabelAndWithTextAroundIt() {
    Csrs.Made made = Csrs.ec("CN=a").build();
    String pem = made.pem();

    assertThat(parse(pem)).isEqualTo(made.csr());
    assertThat(parse(pem.replace("\n", "\r\n"))).isEqualTo(made.csr());
    assertThat(parse(pem.replace("CERTIFICATE", "NEW CERTIFICATE"))).isEqualTo(made.csr());
    assertThat(parse("Certificate Request:\n  Data: caf\u00e9\n" + pem + "\n\n"))
        .isEqualTo(made.csr());
  }

  @Test
  void aHundredNamesAreReadAndOneMoreIsTooMany() {
    String[] names = new String[100];
    for (int i = 0; i < names.length; i++) {
      names[i] = "n" + i + ".internal.test";
    }
    Csrs csrs = Csrs.ec("CN=a").dns(names);

    assertThat(csrs.build().csr().names()).hasSize(100);
    assertThat(Refusals.of(() -> csrs.dns("one.more.test").build().csr()))
        .isEqualTo(new Failure.TooLarge("subjectAltName", 100, "names"));
  }

  @Test
  void sizeIsAskedBeforeAnythingElse() {
    Failure tooLarge = new Failure.TooLarge("certification request", 65_536, "octets");

    assertThat(Refusals.of(() -> Csr.parse(new byte[65_537]))).isEqualTo(tooLarge);
    assertThat(Refusals.of(() -> parse(" ".repeat(65_536) + Csrs.ec("CN=a").build().pem())))
        .isEqualTo(tooLarge);
    assertThat(Refusals.malformed(() -> Csr.parse(new byte[65_536])).what())
        .isEqualTo("certification request");
  }

  private static Csr parse(String text) {
    return Csr.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
