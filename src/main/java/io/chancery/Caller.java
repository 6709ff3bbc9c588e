package io.chancery;

import java.util.Set;

/** Who stands behind a deed, as the door found out. */
public sealed interface Caller {
  /** A name for the roll: stable, unique, no secret. */
  String name();

  /** The organization the caller acts for. */
  OrganizationId organization();

  Set<Role> roles();

  /** May see and change what belongs to {@code owner}. */
  default boolean mayReach(OrganizationId owner) {
    return organization().equals(owner)
        || roles().contains(Role.OPERATOR)
        || roles().contains(Role.ADMIN);
  }

  /** May see what belongs to {@code owner}. */
  default boolean mayRead(OrganizationId owner) {
    return mayReach(owner) || roles().contains(Role.AUDITOR);
  }

  /** Reads for the authority, so that no organization is another's. */
  default boolean mayReadAll() {
    return roles().contains(Role.OPERATOR)
        || roles().contains(Role.AUDITOR)
        || roles().contains(Role.ADMIN);
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
