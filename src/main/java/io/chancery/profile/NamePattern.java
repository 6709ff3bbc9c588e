package io.chancery.profile;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.SubjectAltName;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A set of names that an organization may hold, written as one line of text:
 *
 * <ul>
 *   <li>{@code dns:example.test} the domain, every host below it, and wildcards for them; {@code
 *       dns:localhost} is such a domain
 *   <li>{@code dns:=a.example.test} this host only; {@code dns:=*.a.example.test} this wildcard
 *       only
 *   <li>{@code ip:10.0.0.0/8}, {@code ip:fd00::/8} a network; {@code ip:10.0.0.1} one address
 *   <li>{@code uri:spiffe://td/path} this URI and every one below it; {@code uri:spiffe://td/path/}
 *       only those below; {@code uri:urn:bank:app} likewise, with {@code :} for a border; {@code
 *       uri:=https://a.example/x?y=1} this URI only
 *   <li>{@code email:example.test} every mailbox of exactly this host; {@code email:a@example.test}
 *       this mailbox
 * </ul>
 *
 * Text that is none of these is {@code Malformed}. Two patterns are equal when their texts are,
 * after letters have been brought to their one spelling.
 */
public final class NamePattern {
  private static final int MOST_KNOWN = 10_000;
  private static final Map<String, NamePattern> KNOWN = new ConcurrentHashMap<>();

  private final String text;
  private final NameSet names;

  public NamePattern(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String value = text.substring(colon + 1);
    try {
      this.names =
          switch (kind) {
            case "dns" -> dns(value);
            case "ip" -> NetworkSet.parse(value);
            case "uri" -> uri(value);
            case "email" -> email(value);
            default ->
                throw malformed(
                    text, "begins with none of dns:, ip:, uri: or email:, as in dns:example.test");
          };
    } catch (PkiException refused) {
      // Whatever is wrong with the name inside, the person looks for the pattern.
      throw malformed(text, refused.failure().detail());
    }
    this.text = kind + ":" + names.text();
  }

  /** The same as the constructor's, read once: an organization's are asked at each request. */
  public static NamePattern of(String text) {
    NamePattern known = KNOWN.get(text);
    if (known == null) {
      known = new NamePattern(text);
      if (KNOWN.size() >= MOST_KNOWN) {
        KNOWN.clear();
      }
      KNOWN.put(text, known);
    }
    return known;
  }

  /** Whether the name, as it will stand in the certificate, belongs to this set. */
  public boolean covers(SubjectAltName name) {
    return names.covers(name);
  }

  /** The one-line form, which this class's constructor reads. */
  public String text() {
    return text;
  }

  private static NameSet dns(String value) {
    if (value.startsWith("=")) {
      return new NameSet.Exactly(new SubjectAltName.Dns(value.substring(1)));
    }
    SubjectAltName.Dns domain = new SubjectAltName.Dns(value);
    if (domain.wildcard()) {
      throw malformed(value, "has a wildcard: the plain domain covers everything below it");
    }
    return new NameSet.Domain(domain.value());
  }

  private static NameSet uri(String value) {
    if (value.startsWith("=")) {
      return new NameSet.Exactly(new SubjectAltName.Uri(value.substring(1)));
    }
    NameSet.UriPrefix prefix = NameSet.UriPrefix.parse(value);
    if (!NameSet.UriPrefix.plain(prefix.base() + prefix.border())) {
      throw malformed(
          value, "holds a query, a percent sign, an empty or a dot segment: no border is certain");
    }
    URI parsed = URI.create(prefix.base());
    if (!parsed.isOpaque() && parsed.getRawAuthority() == null) {
      throw malformed(value, "has no host or trust domain");
    }
    return prefix;
  }

  private static NameSet email(String value) {
    if (value.contains("@")) {
      return new NameSet.Exactly(new SubjectAltName.Email(value));
    }
    SubjectAltName.Dns host = new SubjectAltName.Dns(value);
    if (host.wildcard()) {
      throw malformed(value, "has a wildcard: name each mail domain");
    }
    return new NameSet.MailHost(host.value());
  }

  private static PkiException malformed(String text, String reason) {
    return new Failure.Malformed("name pattern", Quoted.of(text), reason, "Chancery name pattern")
        .thrown();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamePattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
