package io.chancery.x509;

import io.chancery.Failure;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;

/** The string types of a DirectoryString that are still in use (RFC 5280 s4.1.2.4). */
final class DirectoryText {
  private DirectoryText() {}

  static String read(String where, ASN1Encodable value) {
    return switch (value.toASN1Primitive()) {
      case ASN1UTF8String text -> text.getString();
      case ASN1PrintableString text -> printable(where, text.getString());
      case ASN1IA5String text -> text.getString();
      default ->
          // RFC 5280 s4.1.2.4: TeletexString, BMPString and UniversalString are for old names only.
          throw new Failure.Malformed(
                  "name",
                  where,
                  "is no UTF8String, PrintableString or IA5String",
                  "RFC 5280 s4.1.2.4")
              .thrown();
    };
  }

  private static String printable(String where, String text) {
    if (!ASN1PrintableStringCheck.holds(text)) {
      throw new Failure.Malformed(
              "name", where, "a PrintableString holds a character that it cannot", "X.680 s41.4")
          .thrown();
    }
    return text;
  }

  /** X.680 s41.4, table 10. */
  private static final class ASN1PrintableStringCheck {
    private static final String OTHERS = " '()+,-./:=?";

    static boolean holds(String text) {
      return text.chars()
          .allMatch(
              c ->
                  (c >= 'A' && c <= 'Z')
                      || (c >= 'a' && c <= 'z')
                      || (c >= '0' && c <= '9')
                      || OTHERS.indexOf(c) >= 0);
    }
  }
}
