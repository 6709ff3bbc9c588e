package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four kinds of names go both ways; the other five are refused by their names. */
class GeneralNameTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dns:*.a.test",
        "ip:10.0.0.1",
        "ip:2001:db8::1",
        "uri:spiffe://bank.test/pay",
        "email:a@b.test"
      })
  void issuedKindsGoBothWays(String text) {
    SubjectAltName name = SubjectAltName.parse(text);

    assertThat(GeneralNameText.read(GeneralNameText.write(name))).isEqualTo(name);
  }

  @Test
  void otherKindsAreRefusedByName() {
    ASN1Encodable sequence = new DERSequence(DERNull.INSTANCE);
    refusedAs("otherName", new GeneralName(GeneralName.otherName, sequence));
    refusedAs("x400Address", new GeneralName(GeneralName.x400Address, sequence));
    refusedAs("directoryName", new GeneralName(new X500Name("CN=a")));
    refusedAs("ediPartyName", new GeneralName(GeneralName.ediPartyName, sequence));
    refusedAs("registeredID", new GeneralName(GeneralName.registeredID, "1.2.3"));
  }

  @Test
  void aNameOfAnotherTypeThanItsKindIsRefused() {
    GeneralName number = new GeneralName(GeneralName.iPAddress, new DERIA5String("10.0.0.1"));

    assertThat(Refusals.malformed(() -> GeneralNameText.read(number)).clause())
        .isEqualTo("RFC 5280 s4.2.1.6");
  }

  private static void refusedAs(String kind, GeneralName name) {
    assertThat(Refusals.malformed(() -> GeneralNameText.read(name)).where()).isEqualTo(kind);
  }
}
