package io.chancery.inventory.mass;

import java.util.List;

/**
 * Who is hit by a selection.
 *
 * @param inUse how many are the newest of their names and have no successor
 * @param groups by organization, profile, issuer and contact
 */
public record Radius(long count, long inUse, List<Group> groups) {
  /** The most groups of one kind that are told. */
  static final int MOST = 200;

  public Radius {
    groups = List.copyOf(groups);
  }

  /** What certificates are counted by. */
  public enum Kind {
    ORGANIZATION,
    PROFILE,
    ISSUER,
    CONTACT
  }

  /** Those that have one thing in common. */
  public record Group(Kind kind, String value, long count, long inUse) {}

  /** The groups of one kind, the largest first. */
  public List<Group> by(Kind kind) {
    return groups.stream().filter(group -> group.kind() == kind).limit(MOST).toList();
  }
}
