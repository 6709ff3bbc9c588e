package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Object identifiers are shown with the name that people know. */
class OidTextTest {
  @ParameterizedTest
  @CsvSource({
    "1.2.840.113549.1.9.7, 1.2.840.113549.1.9.7 (challengePassword)",
    "2.16.840.1.101.3.4.3.18, 2.16.840.1.101.3.4.3.18 (ML-DSA-65)",
    "2.5.4.42, 2.5.4.42 (GIVENNAME)",
    "1.2.840.113549.1.1.5, 1.2.840.113549.1.1.5 (SHA1WITHRSA)",
    "1.2.3.4.5, 1.2.3.4.5"
  })
  void namesStandBehindNumbers(String oid, String text) {
    assertThat(OidText.of(new ASN1ObjectIdentifier(oid))).isEqualTo(text);
  }
}
