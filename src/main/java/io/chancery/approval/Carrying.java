package io.chancery.approval;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Warrant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** From approved to done: the same path right after the last signature and after a crash. */
@Singleton
final class Carrying {
  private static final Logger LOG = Logger.getLogger(Carrying.class);
  private static final int AT_ONCE = 100;
  private static final String SELF = new Caller.Authority("approval").name();

  private final ProposalRows rows;
  private final EndorsementRows endorsements;
  private final People people;
  private final Policy policy;
  private final Executions executions;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  /** A proposal has always the same one: its last approver and the job do not do it both. */
  private final List<ReentrantLock> turns = Stream.generate(ReentrantLock::new).limit(64).toList();

  @Inject
  Carrying(
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

  /** What was approved and not done, and what has waited too long. */
  void goOn() {
    for (UUID id : transactions.call(() -> rows.overdue(clock.instant(), AT_ONCE))) {
      expire(id);
    }
    List<UUID> approved = transactions.call(() -> rows.approved(AT_ONCE));
    for (UUID id : approved) {
      tryNow(id);
    }
  }

  /** Does it if it can be done now; what is away for a while is tried again by the job. */
  void tryNow(UUID id) {
    ReentrantLock turn = turns.get(Math.floorMod(id.hashCode(), turns.size()));
    turn.lock();
    try {
      carryOut(id);
    } catch (PkiException away) {
      LOG.warnf("proposal %s is approved and waits: %s", id, away.failure().detail());
    } finally {
      turn.unlock();
    }
  }

  /** A crash anywhere in here leaves the proposal approved, and the job begins again. */
  private void carryOut(UUID id) {
    Optional<Proposal> found =
        transactions.call(() -> rows.findByIdOptional(id).map(ProposalRow::proposal));
    if (found.isEmpty() || found.get().state() != Proposal.State.APPROVED) {
      return;
    }
    Proposal proposal = found.get();
    try {
      // 1. The state is a row, and anyone may have written it: the signatures decide.
      Warrant warrant = warrant(proposal);
      Execution execution = executions.of(proposal);
      warrant.mustCover(
          proposal.terms().deed(),
          proposal.exact(),
          policy.of(proposal.terms().deed()).approvals(),
          people,
          clock.instant());
      // 2. What asks the token, with no transaction open.
      execution.prepare(proposal, warrant);
      // 3. The deed, once: who has the row and finds it open does it.
      transactions.run(() -> close(proposal, execution, warrant));
    } catch (PkiException refused) {
      switch (refused.failure()) {
        case Failure.Unavailable away -> throw refused;
        case Failure.Busy busy -> throw refused;
        default -> fail(id, refused.failure().detail());
      }
    }
  }

  private void close(Proposal proposal, Execution execution, Warrant warrant) {
    ProposalRow row = rows.locked(proposal.id()).orElseThrow();
    if (row.state() != Proposal.State.APPROVED) {
      return;
    }
    String outcome = execution.carryOut(proposal, warrant);
    Instant now = clock.instant();
    row.close(Proposal.State.CARRIED_OUT, outcome, now.truncatedTo(ChronoUnit.MICROS));
    ledger.append(Deeds.closed(EventKind.CARRIED_OUT, SELF, proposal, outcome, now));
  }

  private void expire(UUID id) {
    end(id, Proposal.State.EXPIRED, EventKind.PROPOSAL_EXPIRED, "nobody decided in time");
  }

  private void fail(UUID id, String why) {
    LOG.warnf("proposal %s was approved and cannot be carried out: %s", id, why);
    end(id, Proposal.State.FAILED, EventKind.PROPOSAL_FAILED, why);
  }

  private void end(UUID id, Proposal.State how, EventKind kind, String why) {
    transactions.run(
        () -> {
          ProposalRow row = rows.locked(id).orElseThrow();
          if (row.state().isOpen()) {
            Proposal before = row.proposal();
            Instant now = clock.instant();
            row.close(how, why, now.truncatedTo(ChronoUnit.MICROS));
            ledger.append(Deeds.closed(kind, SELF, before, why, now));
            executions.giveUp(before, how + ": " + why);
          }
        });
  }

  private Warrant warrant(Proposal proposal) {
    return transactions.call(
        () ->
            new Warrant(
                proposal.terms(),
                endorsements.of(proposal.id()).stream().map(EndorsementRow::endorsement).toList()));
  }
}
