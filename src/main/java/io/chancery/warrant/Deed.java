package io.chancery.warrant;

/**
 * What may take more than one person. The names stand in what people have signed: never rename one.
 *
 * <p>{@link #least} is the fewest approvals that a policy may ask for; {@link #mayBreakGlass} says
 * whether one person may do it alone in an emergency, and answer for it afterwards.
 */
public enum Deed {
  /** A certificate of a profile that says so; the octets are its TBSCertificate. */
  CERTIFICATE(0, true),
  /** The text of a profile. */
  PROFILE_TEXT(0, true),
  /** A new issuer, or another certificate of one. */
  ISSUER(0, true),
  /** Many certificates; the octets are the list of their serials. */
  BULK_REVOCATION(0, true),
  /** Who may do what. Not alone: whoever gives out roles could make their own second person. */
  ROLES(0, false),
  /** A partner may have certificates for production. */
  PARTNER(0, false),
  /** Which deeds are in this list, and for how many. */
  POLICY(1, false),
  /** Signing begins again after it was halted. */
  SIGNING_RESUMPTION(2, false);

  private final int least;
  private final boolean mayBreakGlass;

  Deed(int least, boolean mayBreakGlass) {
    this.least = least;
    this.mayBreakGlass = mayBreakGlass;
  }

  public int least() {
    return least;
  }

  public boolean mayBreakGlass() {
    return mayBreakGlass;
  }
}
