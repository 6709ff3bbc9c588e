package io.chancery.revocation;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.RevocationReason;

/** Who may give which reason. */
final class ReasonPolicy {
  private ReasonPolicy() {}

  static void mustBeAllowed(Caller caller, RevocationReason reason) {
    switch (reason) {
      case UNSPECIFIED,
          KEY_COMPROMISE,
          AFFILIATION_CHANGED,
          SUPERSEDED,
          CESSATION_OF_OPERATION -> {}
      case CERTIFICATE_HOLD, PRIVILEGE_WITHDRAWN -> mustBeOperator(caller, reason);
      // RFC 5280 s5.3.1: these two are about an authority's key, not a subject's.
      case CA_COMPROMISE, AA_COMPROMISE -> throw refused(reason, "is about an authority's own key");
      // RFC 5280 s5.3.1: removeFromCRL appears only in delta CRLs.
      case REMOVE_FROM_CRL ->
          throw refused(reason, "is no reason to revoke; lift the hold instead");
    }
  }

  static void mustBeOperator(Caller caller, RevocationReason reason) {
    if (!caller.operates()) {
      throw new Failure.Forbidden("reason " + reason.text(), "the role operator").thrown();
    }
  }

  private static PkiException refused(RevocationReason reason, String why) {
    return new Failure.Refused(
            "revocation-reason",
            reason.text() + " " + why,
            "use keyCompromise, superseded, cessationOfOperation or another reason of RFC 5280 s5.3.1")
        .thrown();
  }
}
