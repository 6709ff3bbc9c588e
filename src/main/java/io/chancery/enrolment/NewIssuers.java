package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.approval.Approvals;
import io.chancery.approval.Draft;
import io.chancery.approval.Execution;
import io.chancery.approval.Policy;
import io.chancery.approval.Proposal;
import io.chancery.approval.SignedOff;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Warrant;
import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Issuers come from a file and a token, and whoever can write the one and use the other can bring
 * any. Where the policy says that an issuer takes several persons, nobody gets a certificate of one
 * whose very certificate they have not signed. The authority's own certificates are not held back:
 * people need them to approve anything.
 */
@Singleton
public final class NewIssuers implements Execution {
  private final Issuers issuers;
  private final Policy policy;
  private final SignedOff texts;
  private final Approvals approvals;

  @Inject
  NewIssuers(Issuers issuers, Policy policy, SignedOff texts, Approvals approvals) {
    this.issuers = issuers;
    this.policy = policy;
    this.texts = texts;
    this.approvals = approvals;
  }

  /** Proposes the certificate that this process has for the issuer. */
  public Proposal propose(Caller caller, IssuerName name, String comment) {
    Issuer issuer = issuers.named(name);
    return approvals.propose(
        caller,
        new Draft(
            Deed.ISSUER,
            name.value(),
            OrganizationId.AUTHORITY,
            octets(issuer),
            "Lets the issuer "
                + name
                + " issue: "
                + issuer.certificate().subject()
                + "\n  serial "
                + issuer.certificate().serial().hex()
                + ", until "
                + issuer.certificate().validity().notAfter()
                + "\n  SHA-256 "
                + issuer.certificate().thumbprint().hex()
                + "\n  key "
                + issuer.keyId().hex(),
            comment));
  }

  /** {@code Refused} where the policy wants this issuer approved, and it is not. */
  void mustBeApproved(Caller caller, IssuerName name) {
    if (caller instanceof Caller.Authority
        || policy.recent(Deed.ISSUER).approvals() == 0
        || texts.holds(Deed.ISSUER, name.value(), octets(issuers.named(name)))) {
      return;
    }
    throw new Failure.Refused(
            "issuer-approved",
            "the issuer " + name + " has not been approved",
            "propose it with POST /v1/issuers/" + name + "/proposal, and have it approved")
        .thrown();
  }

  @Override
  public Deed deed() {
    return Deed.ISSUER;
  }

  /** That it was approved is all there is: it is looked for where it is used. */
  @Override
  public String carryOut(Proposal proposal, Warrant warrant) {
    return "the issuer " + proposal.subject() + " issues with this certificate";
  }

  private static ExactBytes octets(Issuer issuer) {
    return ExactBytes.of(issuer.certificate().der().octets());
  }
}
