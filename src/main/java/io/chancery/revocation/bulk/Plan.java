package io.chancery.revocation.bulk;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.RevocationReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How a list is to be revoked.
 *
 * @param invalidityDate since when the keys are not to be trusted, RFC 5280 s5.3.2
 * @param grace where owners get time for a successor; empty: all in one step, as soon as it is
 *     approved
 */
public record Plan(
    RevocationReason reason, Optional<Instant> invalidityDate, Optional<Grace> grace) {
  /**
   * @param replaceUntil who has a successor then is revoked then
   * @param deadline the rest is revoked then
   */
  public record Grace(Instant replaceUntil, Instant deadline) {
    public Grace {
      replaceUntil = replaceUntil.truncatedTo(ChronoUnit.SECONDS);
      deadline = deadline.truncatedTo(ChronoUnit.SECONDS);
      if (!replaceUntil.isBefore(deadline)) {
        throw malformed("replace", "the deadline must lie behind the time for replacements");
      }
    }
  }

  public Plan {
    invalidityDate = invalidityDate.map(date -> date.truncatedTo(ChronoUnit.SECONDS));
    switch (reason) {
      case CERTIFICATE_HOLD, REMOVE_FROM_CRL, CA_COMPROMISE, AA_COMPROMISE ->
          throw new Failure.Refused(
                  "revocation-reason",
                  reason.text() + " is no reason to revoke many certificates",
                  "use keyCompromise, superseded, cessationOfOperation or another reason of"
                      + " RFC 5280 s5.3.1")
              .thrown();
      case UNSPECIFIED,
          KEY_COMPROMISE,
          AFFILIATION_CHANGED,
          SUPERSEDED,
          CESSATION_OF_OPERATION,
          PRIVILEGE_WITHDRAWN -> {}
    }
  }

  /** Refuses what makes no sense any more by now. */
  void mustFit(Instant now) {
    if (invalidityDate.filter(date -> date.isAfter(now)).isPresent()) {
      throw new Failure.Refused(
              "invalidity-date", "the invalidity date lies in the future", "give a past date")
          .thrown();
    }
    if (grace.filter(times -> !times.replaceUntil().isAfter(now)).isPresent()) {
      throw malformed("replace", "the time for replacements is over already");
    }
  }

  private static PkiException malformed(String what, String reason) {
    return new Failure.Malformed(what, "", reason, "Chancery API").thrown();
  }
}
