package io.chancery.approval;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.chancery.warrant.Warrant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Proposals: made, looked at, taken back, refused. {@link Endorsements} is how they succeed. */
@Singleton
public final class Approvals {
  private final ProposalRows rows;
  private final EndorsementRows endorsements;
  private final People people;
  private final Policy policy;
  private final Executions executions;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Approvals(
      ProposalRows rows,
      EndorsementRows endorsements,
      People people,
      Policy policy,
      Executions executions,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.rows = rows;
    this.endorsements = endorsements;
    this.people = people;
    this.policy = policy;
    this.executions = executions;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** How many persons beside the proposer a deed takes now; none where it may be done at once. */
  public int needed(Deed deed) {
    return policy.of(deed).approvals();
  }

  /** Writes down what shall be done. Whoever calls this has seen that the caller may do it. */
  public Proposal propose(Caller caller, Draft draft) {
    return transactions.call(() -> proposeWithin(caller, draft));
  }

  /** The same in the transaction of something else: both are kept or neither is. */
  public Proposal proposeWithin(Caller caller, Draft draft) {
    Transactions.mustBeOpen();
    Rule rule = policy.of(draft.deed());
    int need = Math.max(draft.need().orElse(rule.approvals()), draft.deed().least());
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Terms terms =
        new Terms(
            UUID.randomUUID(),
            draft.deed(),
            draft.organization(),
            draft.exact().sha256(),
            // Who asks for an approval gets one: without it there would be nothing to wait for.
            Math.max(1, need),
            people.idOf(caller),
            now,
            now.plus(rule.within()));
    Proposal proposal =
        new Proposal(
            terms,
            draft.subject(),
            caller.name(),
            draft.exact(),
            draft.summary(),
            draft.comment(),
            Proposal.State.PENDING,
            Optional.empty(),
            "");
    rows.persist(ProposalRow.of(proposal));
    ledger.append(Deeds.proposed(proposal, clock.instant()));
    return proposal;
  }

  /** The proposal as this caller may see it; {@code NotFound} where there is none for them. */
  public Proposal visible(Caller caller, UUID id) {
    return transactions
        .call(() -> rows.findByIdOptional(id).map(ProposalRow::proposal))
        .filter(one -> caller.mayRead(one.terms().organization()))
        .orElseThrow(() -> unknown(id));
  }

  /** The newest first, of what the caller may see. */
  public List<Proposal> list(Caller caller, boolean openOnly, int most) {
    Optional<OrganizationId> owner =
        caller.readsAll() ? Optional.empty() : Optional.of(caller.organization());
    return transactions.call(
        () -> rows.list(owner, openOnly, most).stream().map(ProposalRow::proposal).toList());
  }

  /** The newest proposal of this deed about this subject. */
  public Optional<Proposal> about(Deed deed, String subject) {
    return transactions.call(() -> rows.about(deed, subject).map(ProposalRow::proposal));
  }

  /** The terms with every signature, as whoever does the deed holds them against its octets. */
  public Warrant warrant(Proposal proposal) {
    return transactions.call(
        () ->
            new Warrant(
                proposal.terms(),
                endorsements.of(proposal.id()).stream().map(EndorsementRow::endorsement).toList()));
  }

  /** The person that this caller's statements name. */
  public String personOf(Caller caller) {
    return people.idOf(caller);
  }

  /** The proposer takes it back. */
  public Proposal withdraw(Caller caller, UUID id, String comment) {
    Proposal proposal = visible(caller, id);
    boolean own =
        people.idOf(caller).equals(proposal.terms().proposer())
            || caller.name().equals(proposal.proposedBy());
    if (!own) {
      throw new Failure.Forbidden("withdrawal of proposal " + id, "to be who proposed it").thrown();
    }
    return close(
        id, caller.name(), Proposal.State.WITHDRAWN, EventKind.PROPOSAL_WITHDRAWN, comment);
  }

  /** An approver says that it shall not be done; nothing more can be signed about it. */
  public Proposal reject(Caller caller, UUID id, String comment) {
    people.mustBeAllowed(caller, Verdict.APPROVE, visible(caller, id));
    return close(id, caller.name(), Proposal.State.REJECTED, EventKind.PROPOSAL_REJECTED, comment);
  }

  private Proposal close(UUID id, String by, Proposal.State how, EventKind kind, String comment) {
    Draft.mustFitComment(comment);
    return change(
        id,
        row -> {
          if (row.state() != Proposal.State.PENDING) {
            throw notPending(row.proposal()).thrown();
          }
          Instant now = clock.instant();
          Proposal before = row.proposal();
          row.close(how, comment, now.truncatedTo(ChronoUnit.MICROS));
          ledger.append(Deeds.closed(kind, by, before, comment, now));
          executions.giveUp(before, how + (comment.isEmpty() ? "" : ": " + comment));
          return row.proposal();
        });
  }

  private Proposal change(UUID id, Function<ProposalRow, Proposal> change) {
    return transactions.call(() -> change.apply(rows.locked(id).orElseThrow(() -> unknown(id))));
  }

  static RuntimeException unknown(UUID id) {
    return new Failure.NotFound("proposal", id.toString()).thrown();
  }

  static Failure.Conflict notPending(Proposal proposal) {
    return new Failure.Conflict(
        "proposal " + proposal.id(),
        "is " + proposal.state() + proposal.closedAt().map(at -> " since " + at).orElse(""),
        "propose it anew if it shall still be done");
  }
}
