package io.chancery.approval;

import io.chancery.Scope;
import io.chancery.inventory.Transactions;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Verdict;
import io.chancery.warrant.Warrant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts that were approved and hold from then on. They are held against the signatures of those who
 * approved them, by certificates of this authority, so that writing into the table approves
 * nothing; whose certificate has ended since has approved them nevertheless.
 */
@Singleton
public final class SignedOff {
  private static final int LOOK_BACK = 50;

  private final ProposalRows proposals;
  private final EndorsementRows endorsements;
  private final Ours ours;
  private final Transactions transactions;

  /** What was found approved: octets do not change. */
  private final Set<Text> known = ConcurrentHashMap.newKeySet();

  private record Text(Deed deed, String subject, ExactBytes exact) {}

  @Inject
  SignedOff(
      ProposalRows proposals, EndorsementRows endorsements, Ours ours, Transactions transactions) {
    this.proposals = proposals;
    this.endorsements = endorsements;
    this.ours = ours;
    this.transactions = transactions;
  }

  /** Whether exactly these octets were approved for this. */
  public boolean holds(Deed deed, String subject, ExactBytes exact) {
    Text text = new Text(deed, subject, exact);
    if (known.contains(text)) {
      return true;
    }
    boolean found =
        newest(deed).stream()
            .filter(one -> one.subject().equals(subject) && one.exact().equals(exact))
            .anyMatch(this::isGood);
    if (found) {
      known.add(text);
    }
    return found;
  }

  /** What was carried out of this deed, the newest first. */
  List<Proposal> newest(Deed deed) {
    return Scope.across(
        Scope.Across.APPROVED_TEXTS,
        () ->
            transactions.call(
                () ->
                    proposals.done(deed, LOOK_BACK).stream().map(ProposalRow::proposal).toList()));
  }

  boolean isGood(Proposal proposal) {
    List<Endorsement> said =
        transactions.call(
            () ->
                endorsements.of(proposal.id()).stream().map(EndorsementRow::endorsement).toList());
    return proposal.exact().sha256().equals(proposal.terms().sha256())
        && new Warrant(
                proposal.terms(),
                said.stream().filter(one -> one.verdict() != Verdict.REVIEW).toList())
            .isEnough(
                Math.max(1, proposal.terms().deed().least()),
                (signed, endorsement, terms) ->
                    ours.hasSigned(signed.certificate())
                        ? Optional.of(endorsement.person())
                        : Optional.empty());
  }
}
