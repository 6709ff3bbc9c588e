package io.chancery.api.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.approval.Proposal;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Warrant;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A proposal.
 *
 * @param subject what it is about: a certificate's serial, for one
 * @param exact what is approved, in base64; not in lists
 * @param you who the caller is in a statement; not in lists
 * @param endorsements what people have signed; not in lists
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProposalView(
    String id,
    String deed,
    String subject,
    String organization,
    String proposedBy,
    String proposer,
    String summary,
    String comment,
    String sha256,
    int need,
    Instant proposed,
    Instant expires,
    String state,
    Optional<Instant> closedAt,
    String outcome,
    Optional<String> exact,
    Optional<String> you,
    Optional<List<EndorsementView>> endorsements) {

  /** One person's signed word. */
  public record EndorsementView(String person, String verdict, String comment, String jws) {
    static EndorsementView of(Endorsement one) {
      return new EndorsementView(one.person(), one.verdict().name(), one.comment(), one.jws());
    }
  }

  static ProposalView listed(Proposal proposal) {
    return of(proposal, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static ProposalView whole(Proposal proposal, Warrant warrant, String you) {
    return of(
        proposal,
        Optional.of(Base64.getEncoder().encodeToString(proposal.exact().octets())),
        Optional.of(you),
        Optional.of(warrant.endorsements().stream().map(EndorsementView::of).toList()));
  }

  private static ProposalView of(
      Proposal proposal,
      Optional<String> exact,
      Optional<String> you,
      Optional<List<EndorsementView>> endorsements) {
    Terms terms = proposal.terms();
    return new ProposalView(
        terms.proposal().toString(),
        terms.deed().name(),
        proposal.subject(),
        terms.organization().value(),
        proposal.proposedBy(),
        terms.proposer(),
        proposal.summary(),
        proposal.comment(),
        terms.sha256().hex(),
        terms.need(),
        terms.proposed(),
        terms.expires(),
        proposal.state().name(),
        proposal.closedAt(),
        proposal.outcome(),
        exact,
        you,
        endorsements);
  }
}
