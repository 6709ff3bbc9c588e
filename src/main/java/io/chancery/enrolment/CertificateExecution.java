package io.chancery.enrolment;

import io.chancery.Failure;
import io.chancery.approval.Execution;
import io.chancery.approval.Proposal;
import io.chancery.inventory.Deliveries;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Reservation;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Deed;
import io.chancery.warrant.Warrant;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** An approved certificate is signed: its reservation, to the bit. */
@Singleton
final class CertificateExecution implements Execution {
  private final Completion completion;
  private final Inventory inventory;
  private final Deliveries deliveries;
  private final Ledger ledger;
  private final InstantSource clock;

  @Inject
  CertificateExecution(
      Completion completion,
      Inventory inventory,
      Deliveries deliveries,
      Ledger ledger,
      InstantSource clock) {
    this.completion = completion;
    this.inventory = inventory;
    this.deliveries = deliveries;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Deed deed() {
    return Deed.CERTIFICATE;
  }

  @Override
  public void prepare(Proposal proposal, Warrant warrant) {
    SerialNumber serial = SerialNumber.parse(proposal.subject());
    completion.completeApproved(serial, warrant);
    // Whoever asked was answered with the proposal, and fetches it from there.
    deliveries.confirm(serial);
  }

  @Override
  public String carryOut(Proposal proposal, Warrant warrant) {
    SerialNumber serial = SerialNumber.parse(proposal.subject());
    if (inventory.find(serial).isEmpty()) {
      throw new Failure.Conflict("certificate " + serial, "is not in the book", "").thrown();
    }
    return "certificate " + serial.hex();
  }

  /** The serial stays on record and is never signed. */
  @Override
  public void giveUp(Proposal proposal, String why) {
    Optional<Reservation> open = inventory.reservation(SerialNumber.parse(proposal.subject()));
    open.ifPresent(
        reservation -> {
          Instant now = clock.instant();
          inventory.abandon(reservation.serial(), why, now);
          ledger.append(Deeds.abandoned(reservation, why, now));
        });
  }
}
