package io.chancery.revocation.bulk;

import io.chancery.approval.Execution;
import io.chancery.approval.Proposal;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Warrant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** What becomes of a list once people have decided about it. */
@Singleton
final class BulkExecution implements Execution {
  private final Step step;
  private final BulkRows rows;
  private final Ledger ledger;
  private final InstantSource clock;

  @Inject
  BulkExecution(Step step, BulkRows rows, Ledger ledger, InstantSource clock) {
    this.step = step;
    this.rows = rows;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Deed deed() {
    return Deed.BULK_REVOCATION;
  }

  @Override
  public String carryOut(Proposal proposal, Warrant warrant) {
    return step.approved(UUID.fromString(proposal.subject()), warrant.terms().sha256());
  }

  @Override
  public void giveUp(Proposal proposal, String why) {
    rows.locked(UUID.fromString(proposal.subject()))
        .filter(bulk -> bulk.state() == Bulk.State.LISTED)
        .ifPresent(
            bulk -> {
              rows.refused(bulk.id(), why);
              ledger.append(BulkEvents.refused(bulk, why, clock.instant()));
            });
  }
}
