package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every attribute type takes the string types of its definition and no other. */
class DirectoryTextTest {
  private static final List<ASN1Encodable> STRINGS =
      List.of(
          new DERUTF8String("NL"),
          new DERPrintableString("NL"),
          new DERIA5String("NL"),
          new DERBMPString("NL"),
          new DERT61String("NL"),
          new DEROctetString(new byte[] {0x4e, 0x4c}));

  @ParameterizedTest
  @EnumSource(DistinguishedName.Type.class)
  void stringTypesAreThoseOfTheDefinition(DistinguishedName.Type type) {
    Set<Class<?>> accepted =
        switch (type) {
          case C, SERIAL_NUMBER -> Set.of(DERPrintableString.class);
          case DC -> Set.of(DERIA5String.class);
          case ST, L, O, OU, CN -> Set.of(DERPrintableString.class, DERUTF8String.class);
        };
    for (ASN1Encodable string : STRINGS) {
      if (accepted.contains(string.getClass())) {
        assertThat(DirectoryText.read(type, string)).isEqualTo("NL");
      } else {
        assertThat(Refusals.malformed(() -> DirectoryText.read(type, string)).where())
            .isEqualTo(type.text());
      }
    }
  }

  @Test
  void aPrintableStringHoldsNothingElse() {
    String printable = "AZaz09 '()+,-./:=?";
    assertThat(DirectoryText.read(DistinguishedName.Type.CN, new DERPrintableString(printable)))
        .isEqualTo(printable);
    for (String other : new String[] {"a@b", "a*b", "a_b", "a&b", "a\0"}) {
      assertThat(
              Refusals.malformed(
                      () ->
                          DirectoryText.read(
                              DistinguishedName.Type.CN, new DERPrintableString(other)))
                  .clause())
          .isEqualTo("X.680 s41.4");
    }
  }
}
