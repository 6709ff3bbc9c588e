package io.chancery.inventory.mass;

import io.chancery.OrganizationId;
import java.time.Instant;
import java.util.List;

/**
 * A certificate that a selection finds.
 *
 * @param inUse whether it is the newest of its names and has no successor; what the book can know
 */
public record Match(
    String serial,
    OrganizationId organization,
    String profile,
    String issuer,
    String contact,
    List<String> names,
    Instant issuedAt,
    Instant notAfter,
    boolean inUse) {
  public Match {
    names = List.copyOf(names);
  }
}
