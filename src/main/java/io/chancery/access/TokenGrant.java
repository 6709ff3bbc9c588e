package io.chancery.access;

import io.chancery.OrganizationId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What an enrolment token is made for.
 *
 * @param profiles the only profiles it may be used for; empty means those of the organization
 * @param names the only names, as patterns; empty means those of the organization
 * @param uses how many certificates; empty means any number
 */
public record TokenGrant(
    String label,
    OrganizationId organization,
    List<String> profiles,
    List<String> names,
    OptionalInt uses,
    Duration lifetime) {
  public TokenGrant {
    profiles = List.copyOf(profiles);
    names = List.copyOf(names);
  }
}
