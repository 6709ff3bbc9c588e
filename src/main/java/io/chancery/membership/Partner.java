package io.chancery.membership;

import io.chancery.OrganizationId;
import java.time.Instant;
import java.util.List;

/**
 * A partner on its way.
 *
 * @param sandboxProfile what it may use before it is admitted
 * @param profiles what it may use besides from then on
 * @param request SHA-256 in hex of the request that was shown to those who admit it; may be empty
 * @param proposal of its admission; may be empty
 * @param revocation the list that revokes what is left; may be empty
 */
public record Partner(
    OrganizationId organization,
    State state,
    String sandboxProfile,
    List<String> profiles,
    String request,
    String proposal,
    String revocation,
    Instant changedAt) {
  /** How far it is. */
  public enum State {
    /** Has an invitation, and certificates for trying out. */
    INVITED,
    /** Has shown its request; its admission waits for people. */
    REQUESTED,
    /** May have certificates for production. */
    ADMITTED,
    /** Is suspended; what it has left is being revoked. */
    LEAVING,
    /** Nothing of its is valid any more. */
    LEFT
  }

  public Partner {
    profiles = List.copyOf(profiles);
  }

  Partner requested(String hash, String asked, Instant now) {
    return new Partner(
        organization, State.REQUESTED, sandboxProfile, profiles, hash, asked, revocation, now);
  }

  Partner leaving(String list, Instant now) {
    return new Partner(
        organization, State.LEAVING, sandboxProfile, profiles, request, proposal, list, now);
  }

  Partner in(State next, Instant now) {
    return new Partner(
        organization, next, sandboxProfile, profiles, request, proposal, revocation, now);
  }
}
