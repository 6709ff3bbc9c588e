package io.chancery.approval;

import io.chancery.inventory.Transactions;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Verdict;
import io.chancery.warrant.Warrant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which deeds take how many persons. The policy in force is the newest one that was approved under
 * the one before: its octets are held against the signatures of those who approved it, so that
 * writing into the table makes no policy.
 */
@Singleton
public final class Policy {
  private static final int LOOK_BACK = 20;

  private static final Map<Deed, Rule> DEFAULT =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Map.of(
                  // How many a certificate takes says its profile.
                  Deed.CERTIFICATE, rule(0, 7),
                  Deed.PROFILE_TEXT, rule(1, 7),
                  Deed.ISSUER, rule(1, 7),
                  Deed.ISSUER_REVOCATION, rule(2, 1),
                  Deed.BULK_REVOCATION, rule(1, 1),
                  Deed.ROLES, rule(1, 7),
                  Deed.PARTNER, rule(1, 14),
                  Deed.POLICY, rule(1, 7),
                  Deed.SIGNING_RESUMPTION, rule(2, 1))));

  private final ProposalRows proposals;
  private final EndorsementRows endorsements;
  private final Ours ours;
  private final Transactions transactions;

  /** What was read last; what was approved does not change any more. */
  private volatile Known known = new Known(Optional.empty(), DEFAULT);

  private record Known(Optional<UUID> proposal, Map<Deed, Rule> rules) {}

  @Inject
  Policy(
      ProposalRows proposals, EndorsementRows endorsements, Ours ours, Transactions transactions) {
    this.proposals = proposals;
    this.endorsements = endorsements;
    this.ours = ours;
    this.transactions = transactions;
  }

  /** What the deed takes now. */
  public Rule of(Deed deed) {
    return current().getOrDefault(deed, rule(Math.max(1, deed.least()), 1));
  }

  /** Every deed with its rule. */
  public Map<Deed, Rule> current() {
    List<Proposal> done =
        transactions.call(
            () ->
                proposals.done(Deed.POLICY, LOOK_BACK).stream()
                    .map(ProposalRow::proposal)
                    .toList());
    Known last = known;
    for (Proposal one : done) {
      if (last.proposal().equals(Optional.of(one.id()))) {
        return last.rules();
      }
      if (wasApproved(one)) {
        Map<Deed, Rule> rules = new EnumMap<>(DEFAULT);
        rules.putAll(PolicyText.read(one.exact().octets()));
        known = new Known(Optional.of(one.id()), rules);
        return rules;
      }
    }
    return DEFAULT;
  }

  boolean mayApprove(Deed deed, String person) {
    Rule rule = of(deed);
    return rule.approvers().isEmpty() || rule.approvers().contains(person);
  }

  /** By the signatures alone: whose certificate has ended since has approved it nevertheless. */
  private boolean wasApproved(Proposal proposal) {
    List<Endorsement> said =
        transactions.call(
            () ->
                endorsements.of(proposal.id()).stream().map(EndorsementRow::endorsement).toList());
    return proposal.exact().sha256().equals(proposal.terms().sha256())
        && said.stream().allMatch(one -> one.verdict() == Verdict.APPROVE)
        && new Warrant(proposal.terms(), said)
            .isEnough(
                Deed.POLICY.least(),
                (signed, endorsement, terms) ->
                    ours.hasSigned(signed.certificate())
                        ? Optional.of(endorsement.person())
                        : Optional.empty());
  }

  private static Rule rule(int approvals, int days) {
    return new Rule(approvals, Duration.ofDays(days), Set.of());
  }
}
