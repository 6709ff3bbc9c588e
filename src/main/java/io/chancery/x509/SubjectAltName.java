package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One subject alternative name, of the kinds that this authority issues (RFC 5280 s4.2.1.6), in its
 * one canonical spelling: equal names have equal texts. The text form is {@code kind:value}: {@code
 * dns:a.example}, {@code ip:10.0.0.1}, {@code uri:spiffe://td/path}, {@code email:a@b.example}.
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
    public Dns {
      value = HostNameText.canonical(value);
    }

    @Override
    public String kind() {
      return "dns";
    }

    public boolean wildcard() {
      return value.startsWith("*.");
    }
  }

  /** An IPv4 or IPv6 address; never a mask, a zone or a name that would be looked up. */
  record Ip(InetAddress address) implements SubjectAltName {
    public Ip {
      // An InetAddress may carry a host name and a zone; a certificate carries octets.
      address = IpText.address(address.getAddress());
    }

    /** 4 or 16 octets in network order (RFC 5280 s4.2.1.6). */
    public static Ip of(byte[] octets) {
      return new Ip(IpText.address(octets));
    }

    /** Reads a literal; nothing is resolved. */
    public static Ip parse(String text) {
      return new Ip(IpText.parse(text));
    }

    /** Dotted decimal, or RFC 5952's form: {@code 2001:db8::1}. */
    @Override
    public String value() {
      return IpText.of(address);
    }

    @Override
    public String kind() {
      return "ip";
    }
  }

  /** An absolute URI with a scheme and more than a scheme; a SPIFFE id is one. */
  record Uri(String value) implements SubjectAltName {
    public Uri {
      value = UriText.canonical(value);
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
      // RFC 5321 s4.5.3.1: 64 octets before the sign, 254 in all.
      if (at < 1
          || at > 64
          || value.length() > 254
          || !LOCAL.matcher(value.substring(0, at)).matches()) {
        throw malformed(
            "rfc822Name", value, "is not a mailbox local@host", "s4.2.1.6, RFC 5321 s4.1.2");
      }
      Dns host = new Dns(value.substring(at + 1));
      if (host.wildcard()) {
        throw malformed("rfc822Name", value, "has a wildcard for a host", "s4.2.1.6");
      }
      // RFC 5280 s7.5: the host part is compared without case; the local part is not.
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
