package io.chancery.access;

import io.chancery.OrganizationId;
import java.util.OptionalInt;

/**
 * How much an organization may ask of a profile.
 *
 * @param perMinute by each replica; 0 means nothing
 * @param inForce how many certificates it may have in force, on hold included, at any one time;
 *     empty for any number
 */
public record Limit(
    OrganizationId organization,
    String profile,
    int perMinute,
    OptionalInt inForce,
    Source source) {
  /** Where it is said. */
  public enum Source {
    CONFIGURATION,
    OPERATOR
  }
}
