package io.chancery.approval;

import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Terms;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that waits for other people's word, or has got it.
 *
 * @param proposedBy the caller's name on the roll; {@link Terms#proposer} is the person
 * @param exact empty octets where a backup was restored that had lost them
 * @param outcome what came of it, or why nothing did
 */
public record Proposal(
    Terms terms,
    String subject,
    String proposedBy,
    ExactBytes exact,
    String summary,
    String comment,
    State state,
    Optional<Instant> closedAt,
    String outcome) {
  /** Where it stands. Only the first two are open. */
  public enum State {
    PENDING,
    /** Enough have signed; it is being carried out, or will be by the job. */
    APPROVED,
    CARRIED_OUT,
    /** It was approved and could not be done. */
    FAILED,
    REJECTED,
    WITHDRAWN,
    EXPIRED;

    public boolean isOpen() {
      return this == PENDING || this == APPROVED;
    }
  }

  public UUID id() {
    return terms.proposal();
  }
}
