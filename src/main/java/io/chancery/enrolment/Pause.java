package io.chancery.enrolment;

import io.chancery.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A client that gets nothing more until an operator says so.
 *
 * @param names empty where the whole profile is paused for this owner
 * @param asked how often it had asked in the period
 */
public record Pause(
    UUID id,
    OrganizationId organization,
    String profile,
    List<String> names,
    int asked,
    Instant since) {
  public Pause {
    names = List.copyOf(names);
  }

  /** Who is paused, for people. */
  public String text() {
    return new Client(organization, profile, names).text();
  }
}
