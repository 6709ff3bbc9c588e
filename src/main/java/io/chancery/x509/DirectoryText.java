package io.chancery.x509;

import io.chancery.PkiException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;

/** The characters and string types of a name's attributes (RFC 5280 s4.1.2.4 and appendix A.1). */
final class DirectoryText {
  /** X.680 s41.4, table 10: besides letters and digits. */
  private static final String ALSO_PRINTABLE = " '()+,-./:=?";

  private DirectoryText() {}

  /** The text of an attribute's value; a string of another type than the attribute's is refused. */
  static String read(DistinguishedName.Type type, ASN1Encodable value) {
    return switch (type) {
      case C, SERIAL_NUMBER -> {
        // RFC 5280 A.1: X520countryName, X520SerialNumber ::= PrintableString
        if (value.toASN1Primitive() instanceof ASN1PrintableString text) {
          yield printable(type, text.getString());
        }
        throw malformed(type, "is no PrintableString", "RFC 5280 A.1");
      }
      case DC -> {
        // RFC 5280 A.1: DomainComponent ::= IA5String
        if (value.toASN1Primitive() instanceof ASN1IA5String text) {
          yield text.getString();
        }
        throw malformed(type, "is no IA5String", "RFC 5280 A.1");
      }
      case ST, L, O, OU, CN ->
          switch (value.toASN1Primitive()) {
            case ASN1UTF8String text -> text.getString();
            case ASN1PrintableString text -> printable(type, text.getString());
            default ->
                // RFC 5280 s4.1.2.4: the other types are for names that were made long ago.
                throw malformed(
                    type, "is neither UTF8String nor PrintableString", "RFC 5280 s4.1.2.4");
          };
    };
  }

  /** Whether a PrintableString can hold it: X.680 s41.4, table 10. */
  static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> isAsciiLetterOrDigit(c) || ALSO_PRINTABLE.indexOf(c) >= 0);
  }

  static boolean isAsciiLetterOrDigit(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** No control, no line end, no direction mark, no half of a surrogate pair. */
  static boolean harmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String printable(DistinguishedName.Type type, String text) {
    if (!isPrintable(text)) {
      throw malformed(type, "is a PrintableString with a character it cannot hold", "X.680 s41.4");
    }
    return text;
  }

  private static PkiException malformed(DistinguishedName.Type type, String reason, String clause) {
    return new Place("name", type.text()).malformed(reason, clause);
  }
}
