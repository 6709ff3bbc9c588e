package io.chancery.access;

import io.chancery.OrganizationId;

/**
 * How much an organization may ask of a profile.
 *
 * @param perMinute by each replica; 0 means nothing
 */
public record Limit(OrganizationId organization, String profile, int perMinute, Source source) {
  /** Where it is said. */
  public enum Source {
    CONFIGURATION,
    OPERATOR
  }
}
