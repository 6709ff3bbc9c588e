package io.chancery.x509;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Names as text for people, {@code O=Example Bank, CN=payments}, in the order they are encoded in,
 * with the escapes of RFC 4514 s2.4. Whatever the name holds, the text has no control, no line end
 * and no direction mark.
 */
final class NameText {
  private static final String SPECIAL = "\\,+\"<>;";

  private NameText() {}

  /** Any encoded name; several values of one RDN are joined by {@code +}. */
  static String of(X500Name name) {
    return Arrays.stream(name.getRDNs())
        .map(
            rdn ->
                Arrays.stream(rdn.getTypesAndValues())
                    .map(pair -> label(pair.getType()) + "=" + value(pair))
                    .collect(Collectors.joining(" + ")))
        .collect(Collectors.joining(", "));
  }

  /** RFC 4514 s2.4: backslash before what has a meaning, hex pairs for what cannot be shown. */
  static String escape(String value) {
    StringBuilder text = new StringBuilder();
    value.codePoints().forEach(c -> append(text, c));
    // RFC 4514 s2.4: a leading number sign, or a space at either end, would be lost.
    if (value.startsWith("#") || value.startsWith(" ")) {
      text.insert(0, '\\');
    }
    if (value.length() > 1 && value.endsWith(" ")) {
      text.insert(text.length() - 1, '\\');
    }
    return text.toString();
  }

  /** The parts between the commas that are not escaped, with their escapes resolved. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',') {
        parts.add(part.toString());
        part.setLength(0);
      } else if (c == '\\' && i + 1 < text.length()) {
        part.append(text.charAt(++i));
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static void append(StringBuilder text, int c) {
    if (SPECIAL.indexOf(c) >= 0) {
      text.append('\\').appendCodePoint(c);
    } else if (DirectoryText.harmless(c)) {
      text.appendCodePoint(c);
    } else {
      for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
        text.append('\\').append(HexFormat.of().toHexDigits(octet));
      }
    }
  }

  private static String label(ASN1ObjectIdentifier type) {
    return DistinguishedName.Type.ofOid(type)
        .map(DistinguishedName.Type::text)
        .orElseGet(
            () -> {
              String known = BCStyle.INSTANCE.oidToDisplayName(type);
              return known == null ? type.getId() : known;
            });
  }

  /** RFC 4514 s2.4: a string, else the hex of its encoding. */
  private static String value(AttributeTypeAndValue pair) {
    if (pair.getValue().toASN1Primitive() instanceof ASN1String string) {
      return escape(string.getString());
    }
    return Place.CERTIFICATE.read(
        "RFC 4514 s2.4",
        () -> "#" + HexFormat.of().formatHex(pair.getValue().toASN1Primitive().getEncoded()));
  }
}
