package io.chancery.approval;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Warrant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Signing goes on. */
@Singleton
final class ResumptionExecution implements Execution {
  private static final Caller SELF = new Caller.Authority("approval");

  private final HaltRows rows;
  private final Ledger ledger;
  private final InstantSource clock;

  @Inject
  ResumptionExecution(HaltRows rows, Ledger ledger, InstantSource clock) {
    this.rows = rows;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Deed deed() {
    return Deed.SIGNING_RESUMPTION;
  }

  @Override
  public String carryOut(Proposal proposal, Warrant warrant) {
    HaltRow row =
        rows.open()
            .filter(open -> Halts.octets(open.id).equals(proposal.exact()))
            .orElseThrow(
                () ->
                    new Failure.Conflict(
                            "the halt that was meant",
                            "is over",
                            "propose it for the halt that is in force")
                        .thrown());
    UUID halt = row.id;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    row.resumedAt = now;
    ledger.append(
        Event.of(
            now,
            EventKind.SIGNING_RESUMED,
            SELF,
            halt.toString(),
            "proposal",
            proposal.id().toString()));
    rows.tellReplicas();
    return "signing goes on";
  }
}
