package io.chancery.access;

import io.chancery.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A team inside or a partner outside, the owner of certificates.
 *
 * @param contact whom to tell; a mailbox or an address of a channel
 * @param profiles names of profiles it may use; empty means every profile for organizations
 * @param names patterns of names it may hold, as {@code profile.NamePattern} reads them
 */
public record Organization(
    OrganizationId id,
    String displayName,
    String contact,
    List<String> profiles,
    List<String> names,
    Optional<Instant> suspendedAt) {
  public Organization {
    profiles = List.copyOf(profiles);
    names = List.copyOf(names);
  }

  /** The same, suspended since then or not at all. */
  public Organization suspended(Optional<Instant> since) {
    return new Organization(id, displayName, contact, profiles, names, since);
  }

  /** The same one with other profiles. */
  public Organization withProfiles(List<String> others) {
    return new Organization(id, displayName, contact, others, names, suspendedAt);
  }
}
