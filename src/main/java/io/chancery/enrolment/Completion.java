package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.access.Access;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Reservation;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.PreparedCertificate;
import io.chancery.ledger.Ledger;
import io.chancery.warrant.Warrant;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.TbsText;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/**
 * From a reservation to a certificate: the same code for a first try, for a retry, for the tidy job
 * after a crash, and for what people have approved. It signs the same bytes.
 */
@Singleton
final class Completion {
  private static final Caller SELF = new Caller.Authority("approval");

  private final Issuers issuers;
  private final Inventory inventory;
  private final Ledger ledger;
  private final Access access;
  private final KeyHistory history;
  private final Bookings bookings;
  private final Waiting waiting;
  private final OnRoll roll;
  private final Transactions transactions;
  private final Sql sql;
  private final InstantSource clock;

  @Inject
  Completion(
      Issuers issuers,
      Inventory inventory,
      Ledger ledger,
      Access access,
      KeyHistory history,
      Bookings bookings,
      Waiting waiting,
      OnRoll roll,
      Transactions transactions,
      Sql sql,
      InstantSource clock) {
    this.issuers = issuers;
    this.inventory = inventory;
    this.ledger = ledger;
    this.access = access;
    this.history = history;
    this.bookings = bookings;
    this.waiting = waiting;
    this.roll = roll;
    this.transactions = transactions;
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * Finishes a reservation, or returns the certificate that it already became; {@code Conflict}
   * where people have not approved it yet.
   */
  Entry complete(SerialNumber serial) {
    return completed(serial, Optional.empty());
  }

  /** The same with what people have signed about it. */
  Entry completeApproved(SerialNumber serial, Warrant warrant) {
    return completed(serial, Optional.of(warrant));
  }

  private Entry completed(SerialNumber serial, Optional<Warrant> warrant) {
    Optional<Entry> done = transactions.call(() -> inventory.find(serial));
    if (done.isPresent()) {
      return done.get();
    }
    Optional<Reservation> open = transactions.call(() -> inventory.reservation(serial));
    if (open.isEmpty()) {
      // Between the two reads another replica finished it, or the tidy job had given it up.
      return transactions
          .call(() -> inventory.find(serial))
          .orElseThrow(() -> givenUp(serial).thrown());
    }
    int approvals = roll.approvals(open.get());
    if (approvals > 0) {
      if (warrant.isEmpty()) {
        throw awaited(serial).thrown();
      }
      mustStillBeRight(open.get());
    }
    Issuer issuer = issuers.named(open.get().issuer());
    PreparedCertificate prepared = issuer.resume(open.get().tbs(), approvals);
    // It may have been signed before the crash: a second signature has its own entry.
    transactions.run(
        () -> {
          Trip ask = sql.trip();
          waiting.mustNotBeHalted(ask);
          ask.go();
          ledger.append(Deeds.resumed(open.get(), clock.instant()));
        });
    return finish(open.get(), issuer, prepared, warrant);
  }

  /** People may take days: what would be refused by now is not signed. */
  private void mustStillBeRight(Reservation reservation) {
    history.mustBeClean(TbsText.key(reservation.tbs()));
    access.entitlement(SELF, reservation.organization());
  }

  /** The request is new; where people must approve it, it goes no further now. */
  Answer first(Reservation reservation, Issuer issuer, PreparedCertificate prepared) {
    return reservation.approvals() > 0
        ? waits(reservation.serial())
        : new Answer.Given(
            finish(reservation, issuer, prepared, Optional.empty()), Answer.Kind.ISSUED);
  }

  /** The request came before: what became of it since. */
  Answer answer(SerialNumber serial, Answer.Kind kind) {
    boolean waits =
        transactions
            .call(() -> inventory.reservation(serial))
            .map(open -> open.approvals() > 0)
            .orElse(false);
    return waits ? waits(serial) : new Answer.Given(complete(serial), kind);
  }

  private Answer waits(SerialNumber serial) {
    return waiting
        .of(serial)
        .map(proposal -> new Answer.Awaiting(serial, proposal.id()))
        .orElseThrow(() -> givenUp(serial).thrown());
  }

  private Entry finish(
      Reservation reservation,
      Issuer issuer,
      PreparedCertificate prepared,
      Optional<Warrant> warrant) {
    // 4. and 5. The HSM signs, no transaction open; what came out is compared with the promise.
    //    A crash leaves a signature nobody holds; the reservation still stands.
    IssuedCertificate certificate =
        warrant
            .map(one -> issuer.sign(prepared, one, waiting.register(), clock.instant()))
            .orElseGet(() -> issuer.sign(prepared));

    // 6. The book and the roll know the certificate before its owner does.
    //    A crash after this leaves a certificate in the book that the retry is answered with.
    return bookings.record(new Inventory.Signed(reservation, certificate));
  }

  private static Failure givenUp(SerialNumber serial) {
    return new Failure.Conflict(
        "the request under this Idempotency-Key",
        "was given up with its serial " + serial,
        "send it again with a new key");
  }

  static Failure awaited(SerialNumber serial) {
    return new Failure.Conflict(
        "certificate " + serial, "waits for other people to approve it", "have it approved");
  }
}
