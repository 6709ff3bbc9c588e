package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a name holds, its text is one line of harmless characters. */
class NameTextTest {
  @Test
  void controlsAndDirectionMarksBecomeHexPairs() {
    assertThat(NameText.of(cn(new DERUTF8String("a\0b\r\nc\u202ed\u2028e"))))
        .isEqualTo("CN=a\\00b\\0d\\0ac\\e2\\80\\aed\\e2\\80\\a8e");
    assertThat(NameText.of(cn(new DERBMPString("a\u200bb")))).isEqualTo("CN=a\\e2\\80\\8bb");
    assertThat(NameText.of(cn(new DERT61String("a\u001b[31m")))).isEqualTo("CN=a\\1b[31m");
  }

  @ParameterizedTest
  @CsvSource({
    "'a,b', 'a\\,b'",
    "a+b, a\\+b",
    "a\\b, a\\\\b",
    "' a ', '\\ a\\ '",
    "#a, \\#a",
    "' ', '\\ '"
  })
  void whatHasAMeaningIsEscaped(String value, String escaped) {
    assertThat(NameText.escape(value)).isEqualTo(escaped);
    assertThat(NameText.split(escaped)).containsExactly(value);
  }

  @Test
  void severalValuesOfOneRdnAreJoined() {
    AttributeTypeAndValue[] pairs = {
      new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("a")),
      new AttributeTypeAndValue(BCStyle.OU, new DERUTF8String("b"))
    };
    X500Name name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.C, "NL")
            .addMultiValuedRDN(pairs)
            .build();

    assertThat(NameText.of(name)).isEqualTo("C=NL, CN=a + OU=b");
  }

  @Test
  void unknownTypesAndValuesAreStillText() {
    X500Name name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(new ASN1ObjectIdentifier("1.2.3.4"), new DERUTF8String("x"))
            .addRDN(BCStyle.CN, new ASN1Integer(5))
            .build();

    assertThat(NameText.of(name)).isEqualTo("1.2.3.4=x, CN=#020105");
  }

  private static X500Name cn(ASN1Encodable value) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, value).build();
  }
}
