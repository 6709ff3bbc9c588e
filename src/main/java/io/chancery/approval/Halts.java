package io.chancery.approval;

import io.chancery.Caller;
import io.chancery.CanonicalJson;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Trip;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.SigningSwitch;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The kill switch. One person stops the signing of certificates on every replica; two others let it
 * go on. Status goes on: CRLs, OCSP answers, and the checkpoints of the roll that tells of it.
 */
@Singleton
public final class Halts {
  private final HaltRows rows;
  private final SigningSwitch here;
  private final Approvals approvals;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Halts(
      HaltRows rows,
      SigningSwitch here,
      Approvals approvals,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.rows = rows;
    this.here = here;
    this.approvals = approvals;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Stops signing. Where it is stopped already, the first halt stands. */
  public Standstill halt(Caller caller, String reason) {
    if (reason.isBlank()) {
      throw new Failure.Malformed("reason", "", "is missing", "docs/approvals.md").thrown();
    }
    Draft.mustFitComment(reason);
    mustActForAll(caller);
    Standstill standstill =
        transactions.call(() -> rows.open().orElseGet(() -> enter(caller, reason)).standstill());
    here.set(Optional.of(standstill.halt()));
    return standstill;
  }

  /** Proposes that signing goes on; two persons beside the proposer must sign that. */
  public Proposal proposeResumption(Caller caller, String comment) {
    mustActForAll(caller);
    Standstill standstill =
        current()
            .orElseThrow(
                () ->
                    new Failure.Conflict("signing", "is not halted", "nothing is to do").thrown());
    return approvals.propose(
        caller,
        new Draft(
            Deed.SIGNING_RESUMPTION,
            standstill.id().toString(),
            OrganizationId.AUTHORITY,
            octets(standstill.id()),
            "Let signing go on. It was halted at "
                + standstill.at()
                + " by "
                + standstill.by()
                + ": "
                + standstill.reason(),
            comment));
  }

  /** The halt in force. */
  public Optional<Standstill> current() {
    return transactions.call(() -> rows.open().map(HaltRow::standstill));
  }

  /** In the transaction that would lead to a signature: {@code Unavailable} while halted. */
  public void mustNotBeHalted(Trip trip) {
    Transactions.mustBeOpen();
    rows.ifOpen(
        row -> {
          here.set(Optional.of(row.standstill().halt()));
          throw row.standstill().halt().failure().thrown();
        },
        trip);
  }

  /** What approvers sign: it names one halt, and lets go on after no other. */
  static ExactBytes octets(UUID halt) {
    Map<String, String> members =
        new TreeMap<>(Map.of("form", "chancery-resumption-1", "halt", halt.toString()));
    return ExactBytes.of(CanonicalJson.of(members).getBytes(StandardCharsets.UTF_8));
  }

  private HaltRow enter(Caller caller, String reason) {
    HaltRow row = new HaltRow();
    row.id = UUID.randomUUID();
    row.reason = reason;
    row.haltedBy = caller.name();
    row.haltedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    rows.persistAndFlush(row);
    ledger.append(
        Event.of(
            row.haltedAt, EventKind.SIGNING_HALTED, caller, row.id.toString(), "reason", reason));
    rows.tellReplicas();
    return row;
  }

  /** The switch is for everybody's certificates. */
  private static void mustActForAll(Caller caller) {
    if (!caller.actsForAll() || !caller.operates()) {
      throw new Failure.Forbidden("the switch that halts signing", "the right to act for all")
          .thrown();
    }
  }
}
