package io.chancery.warrant;

import io.chancery.OrganizationId;
import io.chancery.x509.Thumbprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What is proposed, as every approver of it signs it.
 *
 * @param sha256 of the exact octets
 * @param organization whose it is: its people may approve, and those who act for all
 * @param need how many persons beside the proposer
 * @param proposer the proposing person, or the caller's name where it is none
 * @param expires nothing is approved or done on these terms after it
 */
public record Terms(
    UUID proposal,
    Deed deed,
    OrganizationId organization,
    Thumbprint sha256,
    int need,
    String proposer,
    Instant proposed,
    Instant expires) {
  public Terms {
    proposed = proposed.truncatedTo(ChronoUnit.SECONDS);
    expires = expires.truncatedTo(ChronoUnit.SECONDS);
  }
}
