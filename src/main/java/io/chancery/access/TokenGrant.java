package io.chancery.access;

import io.chancery.OrganizationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an enrolment token is made for.
 *
 * @param profiles the only profiles it may be used for; empty means those of the organization
 * @param names the only names, as patterns; empty means those of the organization
 * @param uses how many certificates; empty means any number
 * @param boundTo SHA-256 in hex of the only client certificate that it counts beside (RFC 8705 s3)
 */
public record TokenGrant(
    String label,
    OrganizationId organization,
    List<String> profiles,
    List<String> names,
    OptionalInt uses,
    Duration lifetime,
    Optional<String> boundTo) {
  public TokenGrant {
    profiles = List.copyOf(profiles);
    names = List.copyOf(names);
  }

  /** One that counts wherever it is shown. */
  public TokenGrant(
      String label,
      OrganizationId organization,
      List<String> profiles,
      List<String> names,
      OptionalInt uses,
      Duration lifetime) {
    this(label, organization, profiles, names, uses, lifetime, Optional.empty());
  }
}
