package io.chancery.x509;

import io.chancery.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * URIs as RFC 5280 s4.2.1.6 wants them, in the one spelling of RFC 3986 s6.2.2: who decides by a
 * path's beginning must not be led around it by {@code ..}, {@code %2e} or another case.
 */
final class UriText {
  /** SPIFFE-ID s2.3: at most 2048 octets. */
  private static final int LONGEST = 2048;

  private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final Pattern PORT = Pattern.compile("(:[1-9][0-9]{0,4})?");

  private UriText() {}

  static String canonical(String given) {
    Place place = new Place("uniformResourceIdentifier", Quoted.of(given));
    boolean printable = given.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (given.length() > LONGEST || !printable) {
      throw place.malformed("is not 1 to " + LONGEST + " characters of ASCII", "RFC 5280 s4.2.1.6");
    }
    URI uri = read(place, given);
    // RFC 5280 s4.2.1.6: not relative; a scheme and a part that it says something about.
    if (!uri.isAbsolute()) {
      throw place.malformed("is not absolute", "RFC 5280 s4.2.1.6");
    }
    // RFC 3986 s3.2.1, s3.5: neither names anybody, and both hide who is named.
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw place.malformed("carries user information or a fragment", "RFC 5280 s4.2.1.6");
    }
    checkEscapes(place, given);
    checkPath(place, uri);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String rest = uri.getRawSchemeSpecificPart();
    if (scheme.equals("spiffe")) {
      checkSpiffe(place, rest);
    } else if (rest.startsWith("//")) {
      rest = "//" + authority(place, uri) + rest.substring(2 + authorityLength(uri));
    }
    return scheme + ":" + rest;
  }

  private static URI read(Place place, String given) {
    try {
      return new URI(given);
    } catch (URISyntaxException notUri) {
      throw place.malformed("is not a URI", "RFC 5280 s4.2.1.6, RFC 3986");
    }
  }

  /** RFC 3986 s6.2.2.1, s6.2.2.2: capital hex digits, and only for what needs an escape. */
  private static void checkEscapes(Place place, String given) {
    boolean normal =
        ESCAPE
            .matcher(given)
            .results()
            .map(escape -> escape.group(1))
            .allMatch(
                hex ->
                    hex.equals(hex.toUpperCase(Locale.ROOT))
                        && !isUnreserved(Integer.parseInt(hex, 16)));
    if (!normal) {
      throw place.malformed("escapes a character in another spelling", "RFC 3986 s6.2.2");
    }
  }

  private static boolean isUnreserved(int c) {
    return DirectoryText.isAsciiLetterOrDigit(c) || "-._~".indexOf(c) >= 0;
  }

  /** RFC 3986 s6.2.2.3: no dot segments. */
  private static void checkPath(Place place, URI uri) {
    String path = uri.isOpaque() ? uri.getRawSchemeSpecificPart() : uri.getRawPath();
    List<String> segments = List.of(path.split("/", -1));
    if (segments.contains(".") || segments.contains("..")) {
      throw place.malformed("has a dot segment in its path", "RFC 3986 s6.2.2.3");
    }
  }

  /** RFC 5280 s4.2.1.6: the authority is a host name or an address; s7.4: in lower case. */
  private static String authority(Place place, URI uri) {
    String host = uri.getHost();
    if (host == null) {
      throw place.malformed("has no host name or address as its host", "RFC 5280 s4.2.1.6");
    }
    String port = uri.getRawAuthority().substring(host.length());
    if (!PORT.matcher(port).matches()) {
      throw place.malformed("has no proper port", "RFC 3986 s3.2.3");
    }
    return canonicalHost(place, host) + port;
  }

  private static String canonicalHost(Place place, String host) {
    if (host.startsWith("[")) {
      return "[" + IpText.of(IpText.parse(host.substring(1, host.length() - 1))) + "]";
    }
    if (host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
      return IpText.of(IpText.parse(host));
    }
    String name = HostNameText.canonical(host);
    if (name.startsWith("*")) {
      throw place.malformed("has a wildcard for a host", "RFC 5280 s4.2.1.6");
    }
    return name;
  }

  private static int authorityLength(URI uri) {
    return uri.getRawAuthority().length();
  }

  /**
   * SPIFFE-ID s2: a trust domain and a path of plain segments; no port, no query, no slash last.
   */
  private static void checkSpiffe(Place place, String rest) {
    if (!rest.startsWith("//")) {
      throw place.malformed("is no SPIFFE id", "SPIFFE-ID s2");
    }
    String[] parts = rest.substring(2).split("/", -1);
    if (!TRUST_DOMAIN.matcher(parts[0]).matches()) {
      throw place.malformed(
          "its trust domain is not lower-case letters, digits, dots, hyphens, underscores",
          "SPIFFE-ID s2.1");
    }
    for (int i = 1; i < parts.length; i++) {
      if (!SEGMENT.matcher(parts[i]).matches()) {
        throw place.malformed(
            "segment " + i + " is not letters, digits, dots, hyphens, underscores",
            "SPIFFE-ID s2.2");
      }
    }
  }
}
