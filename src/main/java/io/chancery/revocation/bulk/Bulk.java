package io.chancery.revocation.bulk;

import io.chancery.OrganizationId;
import io.chancery.inventory.mass.Selection;
import io.chancery.x509.Thumbprint;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A list of certificates that are to be revoked, or were.
 *
 * @param organization of whoever listed them
 * @param hash of the list's octets: what is approved
 * @param why it was refused, or does not go on; else empty
 * @param progress how many of the list it has revoked so far
 */
public record Bulk(
    UUID id,
    OrganizationId organization,
    String listedBy,
    Instant listedAt,
    Selection selection,
    Plan plan,
    Thumbprint hash,
    int size,
    State state,
    String why,
    Progress progress) {
  /** Where it stands. */
  public enum State {
    /** It waits for people to approve it. */
    LISTED,
    /** It is approved, and owners have time for successors. */
    REPLACING,
    /** Nothing is left to do. */
    DONE,
    /** Nothing will come of it. */
    REFUSED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * How far it is.
   *
   * @param listMillis what selecting and listing took
   * @param stepMillis what the newest step took, from its first statement to its last
   */
  public record Progress(
      Optional<Instant> approvedAt,
      Optional<Instant> doneAt,
      int revoked,
      int listMillis,
      int stepMillis) {
    static Progress listed(int millis) {
      return new Progress(Optional.empty(), Optional.empty(), 0, millis, 0);
    }
  }
}
