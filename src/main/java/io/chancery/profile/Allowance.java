package io.chancery.profile;

import io.chancery.x509.SubjectAltName;
import java.util.List;
import java.util.Set;

/**
 * What an organization may hold: profiles (empty means every profile for organizations), and names.
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
