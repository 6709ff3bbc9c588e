package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One subject alternative name, of the kinds that this authority issues (RFC 5280 s4.2.1.6). Its
 * text form is {@code kind:value}: {@code dns:a.example}, {@code ip:10.0.0.1}, {@code
 * uri:spiffe://td/path}, {@code email:a@b.example}.
 */
public sealed interface SubjectAltName {
  /** The name without its kind, in its one canonical spelling. */
  String value();

  /** {@code dns}, {@code ip}, {@code uri} or {@code email}. */
  String kind();

  /** {@code kind:value}. */
  default String text() {
    return kind() + ":" + value();
  }

  /** Reads {@code kind:value}. */
  static SubjectAltName parse(String text) {
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1);
    return switch (colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "dns" -> new Dns(value);
      case "ip" -> Ip.parse(value);
      case "uri" -> new Uri(value);
      case "email" -> new Email(value);
      default ->
          throw malformed(
              "name", text, "does not begin with dns:, ip:, uri: or email:", "s4.2.1.6");
    };
  }

  /** A host name in lower case; a wildcard only as the whole leftmost label. */
  record Dns(String value) implements SubjectAltName {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    public Dns {
      String given = value;
      value = value.toLowerCase(Locale.ROOT);
      // RFC 1035 s2.3.4: at most 255 octets on the wire, which is 253 characters.
      if (value.isEmpty() || value.length() > 253) {
        throw malformed(
            "dNSName", given, "must have 1 to 253 characters", "s4.2.1.6, RFC 1035 s2.3.4");
      }
      String[] labels = value.split("\\.", -1);
      for (int i = 0; i < labels.length; i++) {
        // RFC 6125 s6.4.3: the wildcard is the complete leftmost label, and something stands
        // behind.
        boolean wildcard = i == 0 && labels.length > 2 && labels[i].equals("*");
        if (!wildcard && !LABEL.matcher(labels[i]).matches()) {
          throw malformed(
              "dNSName",
              given,
              "label " + (i + 1) + " is not letters, digits and inner hyphens, 1 to 63 of them",
              "s4.2.1.6, RFC 1034 s3.5");
        }
      }
      // RFC 3696 s2: a top-level label is never all digits; such a name is an address.
      if (NUMBERS.matcher(labels[labels.length - 1]).matches()) {
        throw malformed(
            "dNSName", given, "ends in a number, so it is an address, not a name", "s4.2.1.6");
      }
    }

    @Override
    public String kind() {
      return "dns";
    }

    public boolean wildcard() {
      return value.startsWith("*.");
    }
  }

  /** An IPv4 or IPv6 address; never a mask, never a name that would be looked up. */
  record Ip(InetAddress address) implements SubjectAltName {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    /** 4 or 16 octets in network order (RFC 5280 s4.2.1.6). */
    public static Ip of(byte[] octets) {
      try {
        return new Ip(InetAddress.getByAddress(octets));
      } catch (UnknownHostException wrongLength) {
        throw new Failure.Malformed(
                "iPAddress", "", octets.length + " octets, not 4 or 16", "RFC 5280 s4.2.1.6")
            .because(wrongLength);
      }
    }

    /** Reads a literal; nothing is resolved. */
    public static Ip parse(String text) {
      boolean literal =
          V4.matcher(text).matches() || (text.contains(":") && V6.matcher(text).matches());
      if (literal) {
        try {
          return new Ip(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
          throw malformed("iPAddress", text, "is no address", "s4.2.1.6");
        }
      }
      throw malformed("iPAddress", text, "is no IPv4 or IPv6 literal", "s4.2.1.6");
    }

    @Override
    public String value() {
      return address.getHostAddress();
    }

    @Override
    public String kind() {
      return "ip";
    }
  }

  /** An absolute URI with a scheme and more than a scheme; a SPIFFE id is one. */
  record Uri(String value) implements SubjectAltName {
    public Uri {
      try {
        URI parsed = new URI(value);
        boolean printable = value.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!parsed.isAbsolute() || !printable || value.length() > 1024) {
          throw malformed(
              "uniformResourceIdentifier", value, "is not an absolute URI in ASCII", "s4.2.1.6");
        }
        if (parsed.getRawUserInfo() != null || parsed.getRawFragment() != null) {
          throw malformed(
              "uniformResourceIdentifier",
              value,
              "carries user information or a fragment",
              "s4.2.1.6");
        }
      } catch (URISyntaxException notUri) {
        throw malformed("uniformResourceIdentifier", value, "is not a URI", "s4.2.1.6, RFC 3986");
      }
    }

    @Override
    public String kind() {
      return "uri";
    }
  }

  /** A mailbox {@code local@host} in ASCII, without a display name (RFC 5321 s4.1.2). */
  record Email(String value) implements SubjectAltName {
    private static final Pattern LOCAL =
        Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    public Email {
      int at = value.lastIndexOf('@');
      if (at < 1 || at > 64 || !LOCAL.matcher(value.substring(0, at)).matches()) {
        throw malformed(
            "rfc822Name", value, "is not a mailbox local@host", "s4.2.1.6, RFC 5321 s4.1.2");
      }
      Dns host = new Dns(value.substring(at + 1));
      if (host.wildcard()) {
        throw malformed("rfc822Name", value, "has a wildcard for a host", "s4.2.1.6");
      }
      value = value.substring(0, at + 1) + host.value();
    }

    @Override
    public String kind() {
      return "email";
    }
  }

  private static PkiException malformed(String kind, String value, String reason, String clause) {
    return new Failure.Malformed(kind, Quoted.of(value), reason, "RFC 5280 " + clause).thrown();
  }
}
