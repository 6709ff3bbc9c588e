package io.chancery.x509;

import io.chancery.Quoted;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Host names as RFC 5280 s4.2.1.6 wants them: the preferred name syntax of RFC 1034 s3.5, which has
 * letters, digits and inner hyphens, and no underscore; international labels as A-labels.
 */
final class HostNameText {
  private static final int LONGEST_LABEL = 63;
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  private HostNameText() {}

  /** The name in lower case, or a refusal that says which label breaks which rule. */
  static String canonical(String given) {
    Place place = new Place("dNSName", Quoted.of(given));
    // RFC 1035 s2.3.4: at most 255 octets on the wire, which is 253 characters.
    if (given.isEmpty() || given.length() > 253) {
      throw place.malformed("must have 1 to 253 characters", "RFC 5280 s4.2.1.6, RFC 1035 s2.3.4");
    }
    // Before the lower case: the Kelvin sign would become a k.
    if (!given.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw place.malformed(
          "holds a character that no host name has; an international name is written with xn--",
          "RFC 5280 s4.2.1.6, s7.2");
    }
    String name = given.toLowerCase(Locale.ROOT);
    String[] labels = name.split("\\.", -1);
    for (int i = 0; i < labels.length; i++) {
      // RFC 6125 s6.4.3: the wildcard is the whole leftmost label; two labels stand behind it, or
      // it would cover a whole top-level domain.
      boolean wildcard = i == 0 && labels.length > 2 && labels[i].equals("*");
      if (!wildcard) {
        checkLabel(place, labels[i], i + 1);
      }
    }
    // RFC 3696 s2: a top-level label is never all digits; such a name is an address.
    if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
      throw place.malformed(
          "ends in a number, so it is an address, not a name; ask for an iPAddress",
          "RFC 5280 s4.2.1.6, RFC 3696 s2");
    }
    return name;
  }

  private static void checkLabel(Place place, String label, int number) {
    if (label.contains("*")) {
      throw place.malformed(
          "a wildcard is the whole leftmost label, with two more behind it", "RFC 6125 s6.4.3");
    }
    if (!isLabel(label)) {
      throw place.malformed(
          "label " + number + " is not letters, digits and inner hyphens, 1 to 63 of them",
          "RFC 5280 s4.2.1.6, RFC 1034 s3.5");
    }
    if (label.startsWith("xn--") && !Punycode.isALabel(label)) {
      throw place.malformed(
          "label " + number + " begins with xn-- and is no international label",
          "RFC 5280 s7.2, RFC 5890 s2.3.2.1");
    }
  }

  /** Each name of each certificate is asked this, hence no regular expression. */
  private static boolean isLabel(String label) {
    int last = label.length() - 1;
    if (last < 0 || last >= LONGEST_LABEL || label.charAt(0) == '-' || label.charAt(last) == '-') {
      return false;
    }
    for (int i = 0; i <= last; i++) {
      char c = label.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }
}
