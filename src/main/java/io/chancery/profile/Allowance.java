package io.chancery.profile;

import io.chancery.x509.SubjectAltName;
import java.util.List;
import java.util.Set;

/**
 * What an organization may hold: profiles (empty means every profile for organizations), and names.
 *
 * <p>A profile of the authority's own ({@link Audience#AUTHORITY}) is allowed only where it is
 * named here; the room that keeps the allowances of organizations never names one.
 */
public record Allowance(Set<ProfileName> profiles, List<NamePattern> names) {
  public Allowance {
    profiles = Set.copyOf(profiles);
    names = List.copyOf(names);
  }

  public boolean covers(SubjectAltName name) {
    return names.stream().anyMatch(pattern -> pattern.covers(name));
  }
}
