package io.chancery.approval;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Role;
import io.chancery.access.Access;
import io.chancery.warrant.Deed;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Register;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who is who, and who may say what. Asked anew each time; nothing is remembered. */
@Singleton
public final class People implements Register {
  private final Access access;
  private final Ours ours;
  private final Policy policy;

  @Inject
  People(Access access, Ours ours, Policy policy) {
    this.access = access;
    this.ours = ours;
    this.policy = policy;
  }

  /** The person behind a caller, or the caller's name where it is none. */
  String idOf(Caller caller) {
    return caller.name();
  }

  @Override
  public Optional<String> person(DetachedJws.Signed signed, Endorsement said, Terms terms) {
    return ours.hasSigned(signed.certificate())
        ? access
            .holder(signed.certificate().der(), signed.at())
            .filter(caller -> may(caller, said.verdict(), terms.deed(), terms.organization()))
            .map(this::idOf)
        : Optional.empty();
  }

  /** Whether this caller may say this. Programs and certificates of nobody never may. */
  boolean may(Caller caller, Verdict verdict, Deed deed, OrganizationId owner) {
    if (!(caller instanceof Caller.Person person) || !person.human()) {
      return false;
    }
    // A partner does not admit itself.
    boolean own = person.organization().equals(owner) && deed != Deed.PARTNER;
    boolean reaches = own || person.actsForAll();
    return reaches
        && switch (verdict) {
          case APPROVE -> isApprover(person) && policy.mayApprove(deed, idOf(person));
          case REVIEW -> isApprover(person);
          // Whoever breaks the glass does the deed: it takes the right to do it.
          case BREAK_GLASS -> person.operates();
        };
  }

  void mustBeAllowed(Caller caller, Verdict verdict, Proposal proposal) {
    Deed deed = proposal.terms().deed();
    if (!may(caller, verdict, deed, proposal.terms().organization())) {
      throw new Failure.Forbidden(
              verdict + " of " + deed,
              verdict == Verdict.BREAK_GLASS
                  ? "the role operator or admin"
                  : "the role approver, and a place among the policy's approvers")
          .thrown();
    }
  }

  private static boolean isApprover(Caller.Person person) {
    return person.roles().contains(Role.APPROVER);
  }
}
