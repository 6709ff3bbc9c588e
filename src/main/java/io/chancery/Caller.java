package io.chancery;

import java.util.Set;

/** Who stands behind a deed, as the door found out. */
public sealed interface Caller {
  /** A name for the roll: stable, unique, no secret. */
  String name();

  /** The organization the caller acts for. */
  OrganizationId organization();

  Set<Role> roles();

  /** Whether its roles hold in every organization, and not in its own only. */
  default boolean actsForAll() {
    return organization().equals(OrganizationId.AUTHORITY);
  }

  /** May see and change what belongs to {@code owner}. */
  default boolean mayReach(OrganizationId owner) {
    return organization().equals(owner) || (actsForAll() && operates());
  }

  /** May see what belongs to {@code owner}. */
  default boolean mayRead(OrganizationId owner) {
    return organization().equals(owner) || readsAll();
  }

  /** May see what belongs to anybody. */
  default boolean readsAll() {
    return actsForAll()
        && (operates() || roles().contains(Role.AUDITOR) || roles().contains(Role.APPROVER));
  }

  /** May act on behalf of others in the organizations that its roles hold in. */
  default boolean operates() {
    return roles().contains(Role.OPERATOR) || roles().contains(Role.ADMIN);
  }

  /** A certificate of this authority; {@code serial} is its hex serial number. */
  record CertificateHolder(String serial, OrganizationId organization, Set<Role> roles)
      implements Caller {
    public CertificateHolder {
      roles = Set.copyOf(roles);
    }

    @Override
    public String name() {
      return "certificate:" + serial;
    }
  }

  /**
   * Somebody, or a program, that the book knows by one or more identities. Whichever is shown, it
   * is the same one: who is to be a second person cannot be it by a second certificate.
   *
   * @param id stable, and not to be guessed
   * @param human programs never approve anything
   * @param actsForAll whether the roles hold in every organization
   */
  record Person(
      String id,
      String displayName,
      boolean human,
      OrganizationId organization,
      Set<Role> roles,
      boolean actsForAll)
      implements Caller {
    /** What a person's name on the roll begins with. */
    public static final String PREFIX = "person:";

    public Person {
      roles = Set.copyOf(roles);
    }

    @Override
    public String name() {
      return PREFIX + id;
    }
  }

  /** An enrolment token; {@code label} names it without revealing it. */
  record TokenHolder(String label, OrganizationId organization, Set<Role> roles) implements Caller {
    /** What the name of a token's holder begins with. */
    public static final String PREFIX = "token:";

    public TokenHolder {
      roles = Set.copyOf(roles);
    }

    @Override
    public String name() {
      return PREFIX + label;
    }
  }

  /** The authority itself: a job, the ceremony, its own certificates. */
  record Authority(String part) implements Caller {
    @Override
    public String name() {
      return "authority:" + part;
    }

    @Override
    public OrganizationId organization() {
      return OrganizationId.AUTHORITY;
    }

    @Override
    public Set<Role> roles() {
      return Set.of(Role.ADMIN);
    }
  }
}
