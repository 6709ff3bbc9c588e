package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import io.chancery.x509.DistinguishedName.Attribute;
import java.util.Collections;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subjects: known types, within their bounds, harmless, and the same in text and encoding. */
class DistinguishedNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CN=payments",
        "C=NL, O=Example Bank, OU=Payments, OU=Cards, CN=payments",
        "DC=test, DC=bank, CN=a",
        "serialNumber=NTRNL-12345678, CN=a",
        "O=M\u00fcller & S\u00f6hne GmbH, CN=\u65e5\u672c",
        "O=Example\\, Inc., CN=a",
        "O=back\\\\slash, CN=a",
        "O=ends in\\\\, CN=a",
        "O=a \\+ b \\\"c\\\" \\<d\\> \\;, CN=x=y",
        "O=\\#1, CN=a"
      })
  void textIsReadAndWritten(String text) {
    DistinguishedName name = DistinguishedName.parse(text);

    assertThat(name.text()).isEqualTo(text);
    assertThat(DistinguishedName.of(name.toX500Name())).isEqualTo(name);
    // The text for people of the encoded name is the same.
    assertThat(NameText.of(name.toX500Name())).isEqualTo(text);
  }

  @Test
  void aValueCannotPassForAnotherAttribute() {
    DistinguishedName name =
        DistinguishedName.of(new Attribute(DistinguishedName.Type.O, "a, CN=admin"));

    assertThat(name.text()).isEqualTo("O=a\\, CN=admin");
    assertThat(DistinguishedName.parse(name.text())).isEqualTo(name);
    assertThat(name.commonName()).isEmpty();
    // A backslash at the end does not swallow the comma behind it.
    DistinguishedName slash =
        DistinguishedName.of(
            new Attribute(DistinguishedName.Type.O, "a\\"),
            new Attribute(DistinguishedName.Type.CN, "b"));
    assertThat(DistinguishedName.parse(slash.text())).isEqualTo(slash);
  }

  @Test
  void spacesAroundPartsDoNotCount() {
    assertThat(DistinguishedName.parse(" cn = a ,o=b"))
        .isEqualTo(
            DistinguishedName.of(
                new Attribute(DistinguishedName.Type.CN, "a"),
                new Attribute(DistinguishedName.Type.O, "b")));
    assertThat(DistinguishedName.parse("  ").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "=a", "CN", "emailAddress=a@b.test", "CN=a,", "CN=a,,O=b", "2.5.4.3=a"})
  void otherTextIsRefused(String text) {
    Refusals.malformed(() -> DistinguishedName.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "C, 2",
    "ST, 128",
    "L, 128",
    "O, 64",
    "OU, 64",
    "CN, 64",
    "SERIAL_NUMBER, 64",
    "DC, 63"
  })
  void everyTypeHasItsBound(DistinguishedName.Type type, int bound) {
    String longest = type == DistinguishedName.Type.C ? "NL" : "a".repeat(bound);

    assertThat(new Attribute(type, longest).value()).hasSize(bound);
    assertThat(Refusals.malformed(() -> new Attribute(type, longest + "A")).clause())
        .isEqualTo("RFC 5280 A.1");
  }

  @Test
  void boundsCountCharactersNotUnits() {
    String faces = "\ud83d\ude00".repeat(64);

    assertThat(new Attribute(DistinguishedName.Type.CN, faces).value()).isEqualTo(faces);
  }

  @ParameterizedTest
  @CsvSource({
    "C, nl",
    "C, N1",
    "C, \u00d1\u00d1",
    "SERIAL_NUMBER, a@b",
    "SERIAL_NUMBER, \u00e4",
    "DC, a.b",
    "DC, -a",
    "DC, \u00e4",
    "DC, a_b"
  })
  void typesWithAShapeHoldIt(DistinguishedName.Type type, String value) {
    assertThat(Refusals.malformed(() -> new Attribute(type, value)).clause())
        .isEqualTo("RFC 5280 A.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a ",
        " a",
        "a\0",
        "a\r\nb",
        "a\tb",
        "a\u007f",
        "a\u0085",
        "a\u202eb",
        "a\u2066b",
        "a\u200bb",
        "a\u2028b",
        "a\ufeff",
        "a\ud800",
        "a\udc00b",
        "a\ue000",
        "a\uffff",
        "a\u0378",
        "\u00ada"
      })
  void harmfulTextIsRefused(String value) {
    for (DistinguishedName.Type type :
        new DistinguishedName.Type[] {DistinguishedName.Type.CN, DistinguishedName.Type.O}) {
      assertThat(Refusals.malformed(() -> new Attribute(type, value)).what()).isEqualTo("name");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CN=a, CN=b", "C=NL, C=BE", "O=a, CN=x, O=a", "serialNumber=1, serialNumber=2"})
  void whatSaysWhoStandsOnce(String text) {
    assertThat(Refusals.malformed(() -> DistinguishedName.parse(text)).reason()).contains("second");
  }

  @Test
  void aSubjectHasAnEnd() {
    var sixteen = Collections.nCopies(16, new Attribute(DistinguishedName.Type.OU, "a"));
    var more = Collections.nCopies(17, new Attribute(DistinguishedName.Type.OU, "a"));

    assertThat(new DistinguishedName(sixteen).attributes()).hasSize(16);
    assertThat(Refusals.of(() -> new DistinguishedName(more)))
        .isEqualTo(new Failure.TooLarge("subject", 16, "attributes"));
  }

  @Test
  void stringTypesAreThoseOfTheStandard() {
    X500Name name = DistinguishedName.parse("C=NL, O=a, serialNumber=1, DC=test").toX500Name();

    assertThat(name.getRDNs()[0].getFirst().getValue()).isInstanceOf(ASN1PrintableString.class);
    assertThat(name.getRDNs()[1].getFirst().getValue()).isInstanceOf(ASN1UTF8String.class);
    assertThat(name.getRDNs()[2].getFirst().getValue()).isInstanceOf(ASN1PrintableString.class);
    assertThat(name.getRDNs()[3].getFirst().getValue()).isInstanceOf(ASN1IA5String.class);
  }

  @Test
  void partsAreFound() {
    DistinguishedName name = DistinguishedName.parse("O=Bank, OU=x, OU=y, CN=a");

    assertThat(name.commonName()).contains("a");
    assertThat(name.first(DistinguishedName.Type.OU)).contains("x");
    assertThat(name.first(DistinguishedName.Type.C)).isEmpty();
    assertThat(DistinguishedName.ofCommonName("a")).hasToString("CN=a");
    assertThat(DistinguishedName.EMPTY.isEmpty()).isTrue();
  }
}
