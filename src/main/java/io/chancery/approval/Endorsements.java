package io.chancery.approval;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Verdict;
import io.chancery.warrant.Warrant;
import io.chancery.x509.Der;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** People's signed words on a proposal. The one that makes it enough also has it done. */
@Singleton
public final class Endorsements {
  private final ProposalRows rows;
  private final EndorsementRows endorsements;
  private final People people;
  private final Approvals approvals;
  private final Carrying carrying;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Endorsements(
      ProposalRows rows,
      EndorsementRows endorsements,
      People people,
      Approvals approvals,
      Carrying carrying,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.rows = rows;
    this.endorsements = endorsements;
    this.people = people;
    this.approvals = approvals;
    this.carrying = carrying;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Somebody's signature, with what proves who sends it.
   *
   * @param certificate what the connection has shown; the signature must be by the same
   */
  public record Word(Caller caller, Der certificate, String jws, String comment) {}

  /** Takes a person's approval. The answer says whether it was the last that was needed. */
  public Proposal approve(UUID id, Word word) {
    Proposal proposal = checked(id, Verdict.APPROVE, word);
    transactions.run(
        () -> {
          ProposalRow row = pending(id);
          write(proposal, Verdict.APPROVE, word);
          // Whose certificate was revoked since does not count any more: another one must sign.
          if (warrant(proposal).isEnough(row.need, people)) {
            row.state = Proposal.State.APPROVED.name();
          }
        });
    carrying.tryNow(id);
    return approvals.visible(word.caller(), id);
  }

  /** The proposal, where this word on it is a good one; nothing is written. */
  Proposal checked(UUID id, Verdict verdict, Word word) {
    Draft.mustFitComment(word.comment());
    Proposal proposal = approvals.visible(word.caller(), id);
    people.mustBeAllowed(word.caller(), verdict, proposal);
    if (verdict != Verdict.REVIEW) {
      mustBePending(proposal);
    }
    Endorsement endorsement = endorsement(verdict, word);
    DetachedJws.Signed signed = endorsement.verify(proposal.terms());
    if (!signed.certificate().der().equals(word.certificate())) {
      throw refused("it is signed with another certificate than this connection shows");
    }
    Instant now = clock.instant();
    if (Duration.between(signed.at(), now).abs().compareTo(Warrant.SKEW) > 0) {
      throw refused("it was signed at " + signed.at() + ", and it is " + now);
    }
    new Warrant(proposal.terms(), List.of())
        .fault(endorsement, people)
        .ifPresent(
            fault -> {
              throw refused(fault);
            });
    return proposal;
  }

  /** In the transaction of what follows from it; of two that race, the second is told. */
  void write(Proposal proposal, Verdict verdict, Word word) {
    Endorsement endorsement = endorsement(verdict, word);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    EndorsementRow row = EndorsementRow.of(proposal.id(), endorsement, now);
    if (endorsements.findByIdOptional(row.id).isPresent()) {
      throw new Failure.Conflict(
              "proposal " + proposal.id(),
              "has this person's word already",
              "another person must sign; two certificates of one person count once")
          .thrown();
    }
    endorsements.persistAndFlush(row);
    ledger.append(Deeds.said(word.caller(), proposal.terms(), endorsement, now));
  }

  private Warrant warrant(Proposal proposal) {
    return new Warrant(
        proposal.terms(),
        endorsements.of(proposal.id()).stream().map(EndorsementRow::endorsement).toList());
  }

  ProposalRow pending(UUID id) {
    ProposalRow row = rows.locked(id).orElseThrow(() -> Approvals.unknown(id));
    mustBePending(row.proposal());
    return row;
  }

  private void mustBePending(Proposal proposal) {
    if (proposal.state() != Proposal.State.PENDING) {
      throw Approvals.notPending(proposal).thrown();
    }
    if (clock.instant().isAfter(proposal.terms().expires())) {
      throw new Failure.Conflict(
              "proposal " + proposal.id(),
              "ended at " + proposal.terms().expires(),
              "propose it anew if it shall still be done")
          .thrown();
    }
    if (!proposal.exact().sha256().equals(proposal.terms().sha256())) {
      throw new Failure.Conflict(
              "proposal " + proposal.id(),
              "has other octets than were proposed",
              "withdraw it and propose it anew")
          .thrown();
    }
  }

  private Endorsement endorsement(Verdict verdict, Word word) {
    return new Endorsement(verdict, people.idOf(word.caller()), word.comment(), word.jws());
  }

  private static RuntimeException refused(String reason) {
    return new Failure.Refused(
            "statement",
            reason,
            "another person than the proposer reads the proposal, signs its statement, and sends it")
        .thrown();
  }
}
