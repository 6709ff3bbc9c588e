package io.chancery.approval;

import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Endorsement;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Proposals, what people signed about them, and the switch, as the roll knows them. */
@Singleton
final class RedoApprovals implements Redo {
  private final ProposalRows proposals;
  private final EndorsementRows endorsements;
  private final GlassRows glass;
  private final HaltRows halts;

  @Inject
  RedoApprovals(
      ProposalRows proposals, EndorsementRows endorsements, GlassRows glass, HaltRows halts) {
    this.proposals = proposals;
    this.endorsements = endorsements;
    this.glass = glass;
    this.halts = halts;
  }

  @Override
  public Set<EventKind> kinds() {
    return Set.of(
        EventKind.PROPOSED,
        EventKind.ENDORSED,
        EventKind.PROPOSAL_REJECTED,
        EventKind.PROPOSAL_WITHDRAWN,
        EventKind.PROPOSAL_EXPIRED,
        EventKind.PROPOSAL_FAILED,
        EventKind.CARRIED_OUT,
        EventKind.GLASS_BROKEN,
        EventKind.GLASS_REVIEWED,
        EventKind.SIGNING_HALTED,
        EventKind.SIGNING_RESUMED);
  }

  @Override
  public void redo(Event event) {
    UUID id = UUID.fromString(event.subject());
    switch (event.kind()) {
      case PROPOSED -> propose(id, event);
      case ENDORSED -> endorse(id, event, Verdict.APPROVE);
      case GLASS_BROKEN -> breakGlass(id, event);
      case GLASS_REVIEWED -> review(id, event);
      case CARRIED_OUT -> close(id, event, Proposal.State.CARRIED_OUT);
      case PROPOSAL_REJECTED -> close(id, event, Proposal.State.REJECTED);
      case PROPOSAL_WITHDRAWN -> close(id, event, Proposal.State.WITHDRAWN);
      case PROPOSAL_EXPIRED -> close(id, event, Proposal.State.EXPIRED);
      case PROPOSAL_FAILED -> close(id, event, Proposal.State.FAILED);
      case SIGNING_HALTED -> halt(id, event);
      case SIGNING_RESUMED -> resume(id, event);
      default -> throw new IllegalArgumentException("not of this room: " + event.kind());
    }
  }

  private void propose(UUID id, Event event) {
    if (proposals.findByIdOptional(id).isEmpty()) {
      proposals.persist(ProposalRow.of(proposal(id, event)));
    }
  }

  private static Proposal proposal(UUID id, Event event) {
    return new Proposal(
        new Terms(
            id,
            Deed.valueOf(event.fact("deed")),
            event.organization(),
            new Thumbprint(event.fact("sha256")),
            Integer.parseInt(event.fact("need")),
            event.fact("proposer"),
            Instant.parse(event.fact("proposed")),
            Instant.parse(event.fact("expires"))),
        event.fact("about"),
        event.actor(),
        ExactBytes.of(event.octetsOf("exact")),
        event.fact("summary"),
        event.fact("comment"),
        Proposal.State.PENDING,
        Optional.empty(),
        "");
  }

  private void endorse(UUID id, Event event, Verdict verdict) {
    EndorsementRow row =
        EndorsementRow.of(
            id,
            new Endorsement(
                verdict, event.fact("person"), event.fact("comment"), event.fact("jws")),
            event.at());
    if (endorsements.findByIdOptional(row.id).isEmpty()) {
      endorsements.persistAndFlush(row);
    }
    ProposalRow proposal = proposals.findById(id);
    if (verdict == Verdict.APPROVE && endorsements.approving(id) >= proposal.need) {
      approve(proposal);
    }
  }

  private void breakGlass(UUID id, Event event) {
    endorse(id, event, Verdict.BREAK_GLASS);
    if (glass.findByIdOptional(id).isEmpty()) {
      glass.persistAndFlush(
          GlassRow.of(id, event.fact("person"), event.fact("comment"), event.at()));
    }
    approve(proposals.findById(id));
  }

  private void review(UUID id, Event event) {
    endorse(id, event, Verdict.REVIEW);
    GlassRow row = glass.findById(id);
    if (row.reviewedAt == null) {
      row.reviewedBy = event.fact("person");
      row.reviewedAt = event.at();
      glass.flush();
    }
  }

  /** The job carries it out, unless the roll goes on to say that it was. */
  private static void approve(ProposalRow row) {
    if (row.state() == Proposal.State.PENDING) {
      row.state = Proposal.State.APPROVED.name();
    }
  }

  private void close(UUID id, Event event, Proposal.State how) {
    ProposalRow row = proposals.findById(id);
    if (row.state().isOpen()) {
      row.close(how, event.fact("outcome"), event.at().truncatedTo(ChronoUnit.MICROS));
    }
  }

  private void halt(UUID id, Event event) {
    if (halts.findByIdOptional(id).isEmpty()) {
      HaltRow row = new HaltRow();
      row.id = id;
      row.reason = event.fact("reason");
      row.haltedBy = event.actor();
      row.haltedAt = event.at();
      halts.persistAndFlush(row);
    }
  }

  private void resume(UUID id, Event event) {
    HaltRow row = halts.findById(id);
    if (row.resumedAt == null) {
      row.resumedAt = event.at();
      halts.flush();
    }
  }
}
