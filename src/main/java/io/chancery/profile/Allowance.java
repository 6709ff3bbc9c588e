package io.chancery.profile;

import io.chancery.x509.SubjectAltName;
import java.util.List;
import java.util.Set;

/**
 * What a caller may ask for: profiles (empty means every profile for organizations), and names.
 *
 * <p>A profile of the authority's own ({@link Audience#AUTHORITY}) is allowed only where it is
 * named here; the room that keeps the allowances of organizations never names one.
 *
 * @param names what the organization may hold
 * @param narrowed what the caller's token was made for; empty means no narrowing
 */
public record Allowance(
    Set<ProfileName> profiles, List<NamePattern> names, List<NamePattern> narrowed) {
  public Allowance {
    profiles = Set.copyOf(profiles);
    names = List.copyOf(names);
    narrowed = List.copyOf(narrowed);
  }

  /** Without narrowing. */
  public Allowance(Set<ProfileName> profiles, List<NamePattern> names) {
    this(profiles, names, List.of());
  }

  public boolean covers(SubjectAltName name) {
    return covers(names, name) && (narrowed.isEmpty() || covers(narrowed, name));
  }

  private static boolean covers(List<NamePattern> patterns, SubjectAltName name) {
    return patterns.stream().anyMatch(pattern -> pattern.covers(name));
  }
}
