package io.chancery.profile;

import java.util.Set;

/**
 * Which subject alternative names a profile gives.
 *
 * @param kinds of {@code dns, ip, uri, email}
 * @param least fewest names, {@code most} the most
 * @param wildcards whether {@code *.} names are given
 * @param commonName what becomes of a common name in the request
 */
public record NameRule(
    Set<String> kinds, int least, int most, Wildcards wildcards, CommonName commonName) {
  /** Whether wildcard host names are given. */
  public enum Wildcards {
    REFUSED,
    ALLOWED
  }

  /** What the request's common name means to the names. */
  public enum CommonName {
    /** It must be one of the names; where the request has no names at all, it becomes one. */
    IS_A_NAME,
    /** It says who, and is no name. */
    FREE
  }

  public NameRule {
    kinds = Set.copyOf(kinds);
  }
}
