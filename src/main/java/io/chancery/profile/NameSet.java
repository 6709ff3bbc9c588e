package io.chancery.profile;

import io.chancery.x509.SubjectAltName;
import java.util.Arrays;

/** What a {@link NamePattern} stands for. A name of another kind is never in a set. */
sealed interface NameSet
    permits NameSet.Exactly, NameSet.Domain, NetworkSet, NameSet.UriPrefix, NameSet.MailHost {
  boolean covers(SubjectAltName name);

  /** The pattern's text behind its kind. */
  String text();

  /** One name and nothing else. */
  record Exactly(SubjectAltName only) implements NameSet {
    @Override
    public boolean covers(SubjectAltName name) {
      return only.equals(name);
    }

    @Override
    public String text() {
      // A mailbox needs no mark: it cannot be taken for a host.
      return only instanceof SubjectAltName.Email ? only.value() : "=" + only.value();
    }
  }

  /** A domain and everything below it; a wildcard belongs to the domain that it stands for. */
  record Domain(String text) implements NameSet {
    @Override
    public boolean covers(SubjectAltName name) {
      if (!(name instanceof SubjectAltName.Dns dns)) {
        return false;
      }
      String host = dns.wildcard() ? dns.value().substring("*.".length()) : dns.value();
      // The dot is the label's border: notexample.test is not below example.test.
      return host.equals(text) || host.endsWith("." + text);
    }
  }

  /**
   * A URI and all below it, on the borders of its segments.
   *
   * @param border {@code /}, or {@code :} in a URI without an authority, such as a urn
   */
  record UriPrefix(String base, String border, Extent extent) implements NameSet {
    /** Whether the base itself is in the set; it is not where the pattern ends in its border. */
    enum Extent {
      WITH_BASE,
      ONLY_BELOW
    }

    static UriPrefix parse(String text) {
      String border = text.contains("://") ? "/" : ":";
      // The border is no part of the name: a SPIFFE id, for one, may not end in it.
      boolean below = text.endsWith(border);
      String base = below ? text.substring(0, text.length() - 1) : text;
      return new UriPrefix(
          new SubjectAltName.Uri(base).value(),
          border,
          below ? Extent.ONLY_BELOW : Extent.WITH_BASE);
    }

    @Override
    public boolean covers(SubjectAltName name) {
      if (!(name instanceof SubjectAltName.Uri uri)) {
        return false;
      }
      String value = uri.value();
      return switch (extent) {
        case WITH_BASE -> value.equals(base) || isBelow(value);
        case ONLY_BELOW -> isBelow(value);
      };
    }

    private boolean isBelow(String value) {
      return value.startsWith(base + border) && plain(value);
    }

    @Override
    public String text() {
      return switch (extent) {
        case WITH_BASE -> base;
        case ONLY_BELOW -> base + border;
      };
    }

    /**
     * Whether every reader splits the URI alike: no query, no percent-encoding (which may hide a
     * slash or a dot), no empty segment and none that climbs ({@code ..}, also as {@code ..;x}).
     */
    static boolean plain(String uri) {
      if (uri.contains("?") || uri.contains("%") || uri.contains("\\")) {
        return false;
      }
      String split = uri.replaceFirst("://", "/");
      String whole = split.matches(".*[:/]") ? split.substring(0, split.length() - 1) : split;
      return Arrays.stream(whole.split("[:/]", -1))
          .map(
              segment ->
                  segment.contains(";") ? segment.substring(0, segment.indexOf(';')) : segment)
          .noneMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
    }
  }

  /** Every mailbox of one host; hosts below it are others (as in RFC 5280 s4.2.1.10). */
  record MailHost(String text) implements NameSet {
    @Override
    public boolean covers(SubjectAltName name) {
      return name instanceof SubjectAltName.Email email && email.value().endsWith("@" + text);
    }
  }
}
