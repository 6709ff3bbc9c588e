package io.chancery.access;

import io.chancery.Caller;
import io.chancery.OrganizationId;
import io.chancery.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody, or a program, that may call.
 *
 * @param human programs never approve anything
 * @param actsForAll whether the roles hold in every organization
 * @param profiles the only ones it may ask for; empty means those of its organization
 * @param names the only ones it may ask for, as patterns; empty means those of its organization
 */
public record Person(
    String id,
    OrganizationId organization,
    String displayName,
    String contact,
    boolean human,
    Set<Role> roles,
    boolean actsForAll,
    List<String> profiles,
    List<String> names,
    List<Identity> identities,
    Optional<Instant> disabledAt) {
  public Person {
    roles = Set.copyOf(roles);
    profiles = List.copyOf(profiles);
    names = List.copyOf(names);
    identities =
        identities.stream().distinct().sorted(Comparator.comparing(Identity::text)).toList();
  }

  /** The same one, no longer (or again) served. */
  public Person disabled(Optional<Instant> since) {
    return new Person(
        id,
        organization,
        displayName,
        contact,
        human,
        roles,
        actsForAll,
        profiles,
        names,
        identities,
        since);
  }

  /** Whether another one would be given more than to ask for its own organization. */
  public boolean hasPower() {
    return actsForAll || !Set.of(Role.SERVICE, Role.REQUESTER).containsAll(roles);
  }

  /** As doors know it. */
  public Caller.Person caller() {
    return new Caller.Person(id, displayName, human, organization, roles, actsForAll);
  }
}
