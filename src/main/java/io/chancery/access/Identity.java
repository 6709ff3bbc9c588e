package io.chancery.access;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.x509.SubjectAltName;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a person is known by.
 *
 * @param issuer empty for this authority's certificates; else the configured name of a foreign
 *     authority or of an issuer of tokens
 */
public record Identity(Kind kind, String issuer, String value) {
  private static final Pattern ISSUER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}|");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST = 1024;

  /** What is looked at. */
  public enum Kind {
    /** A subject alternative name, as {@code kind:value}. */
    NAME,
    /** One certificate: its SHA-256 in lower-case hex. */
    CERTIFICATE,
    /** A token's claim that its issuer was configured with. */
    TOKEN;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Identity {
    if (!ISSUER.matcher(issuer).matches()) {
      throw malformed("issuer", issuer, "is no name of lower-case letters, digits and hyphens");
    }
    if (value.isBlank() || value.length() > LONGEST || value.chars().anyMatch(c -> c < ' ')) {
      throw malformed("value", "", "must be one line of 1 to " + LONGEST + " characters");
    }
    switch (kind) {
      case NAME -> value = SubjectAltName.parse(value).text();
      case CERTIFICATE -> {
        value = value.toLowerCase(Locale.ROOT).replace(":", "");
        if (!SHA256.matcher(value).matches()) {
          throw malformed("value", value, "is no SHA-256 in 64 hex digits");
        }
      }
      case TOKEN -> {
        if (issuer.isEmpty()) {
          throw malformed("issuer", "", "is missing: name the configured issuer of tokens");
        }
      }
    }
  }

  /** Reads {@code kind issuer value}; a minus stands for no issuer. */
  static Identity parse(String text) {
    String[] parts = text.split(" ", 3);
    if (parts.length != 3) {
      throw malformed("identity", text, "is not 'kind issuer value'");
    }
    return new Identity(kind(parts[0]), parts[1].equals("-") ? "" : parts[1], parts[2]);
  }

  /** The kind of this name. */
  public static Kind kind(String text) {
    return switch (text) {
      case "name" -> Kind.NAME;
      case "certificate" -> Kind.CERTIFICATE;
      case "token" -> Kind.TOKEN;
      default -> throw malformed("kind", text, "is none of name, certificate, token");
    };
  }

  /** One line, as the roll keeps it. */
  public String text() {
    return kind.text() + " " + (issuer.isEmpty() ? "-" : issuer) + " " + value;
  }

  private static RuntimeException malformed(String where, String value, String reason) {
    return new Failure.Malformed(
            "identity",
            where,
            value.isEmpty() ? reason : Quoted.of(value) + " " + reason,
            "Chancery API")
        .thrown();
  }
}
