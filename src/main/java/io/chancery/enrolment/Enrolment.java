package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.access.Access;
import io.chancery.access.Entitlement;
import io.chancery.inventory.Deliveries;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.RequestKey;
import io.chancery.inventory.Reservation;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.PreparedCertificate;
import io.chancery.ledger.Ledger;
import io.chancery.profile.Approval;
import io.chancery.profile.Profile;
import io.chancery.profile.Profiles;
import io.chancery.warrant.Warrant;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The path from a request to a certificate. Every door enters here.
 *
 * <p>The intention is written down before the HSM is asked, and the HSM is asked with no
 * transaction open. Finishing a reservation is the same code for a first try, for a retry, and for
 * the tidy job after a crash: it signs the same bytes.
 */
@Singleton
public final class Enrolment {
  private final Profiles profiles;
  private final Issuers issuers;
  private final Inventory inventory;
  private final Ledger ledger;
  private final Access access;
  private final KeyHistory history;
  private final Asks asks;
  private final Deliveries deliveries;
  private final Refusals refusals;
  private final Waiting waiting;
  private final OnRoll roll;
  private final ProfileTexts texts;
  private final Transactions transactions;
  private final SecureRandom random;
  private final InstantSource clock;

  @Inject
  Enrolment(
      Profiles profiles,
      Issuers issuers,
      Inventory inventory,
      Ledger ledger,
      Access access,
      KeyHistory history,
      Asks asks,
      Deliveries deliveries,
      Refusals refusals,
      Waiting waiting,
      OnRoll roll,
      ProfileTexts texts,
      Transactions transactions,
      SecureRandom random,
      InstantSource clock) {
    this.profiles = profiles;
    this.issuers = issuers;
    this.inventory = inventory;
    this.ledger = ledger;
    this.access = access;
    this.history = history;
    this.asks = asks;
    this.deliveries = deliveries;
    this.refusals = refusals;
    this.waiting = waiting;
    this.roll = roll;
    this.texts = texts;
    this.transactions = transactions;
    this.random = random;
    this.clock = clock;
  }

  /** For callers inside, who have the certificate as soon as it is returned. */
  public Entry issue(EnrolmentRequest request) {
    return switch (answer(request)) {
      case Answer.Given given -> {
        deliveries.confirm(given.entry().serial());
        yield given.entry();
      }
      case Answer.Awaiting waits -> throw awaited(waits.serial()).thrown();
    };
  }

  /**
   * The certificate, on the roll and in the book before anyone holds it. A door says to {@link
   * Deliveries} what became of its answer.
   */
  public Answer answer(EnrolmentRequest request) {
    Optional<RequestKey> key = RequestHash.keyOf(request);
    try {
      asks.mustBeWithinLimits(request);

      // 0. A key that was used before is answered with what it was answered with then.
      Optional<SerialNumber> before = key.flatMap(this::boundTo);
      if (before.isPresent()) {
        return resumed(before.get(), Answer.Kind.ISSUED);
      }

      // 1. The profile agrees, or names the rule that does not.
      Approval approval = approve(request);

      // 2. The certificate is built and linted. A crash leaves nothing.
      Instant now = clock.instant();
      Issuer issuer = issuers.named(approval.profile().issuer());
      PreparedCertificate prepared = issuer.prepare(approval, SerialNumber.random(random), now);

      // 3. The intention is durable: serial, exact bytes, request key, entry on the roll.
      //    A crash from here on leaves a reservation, which a retry or the tidy job completes.
      Reservation reservation = reservationOf(request, prepared, now);
      return switch (reserve(request, reservation, key)) {
        case Turn.New mine -> first(reservation, issuer, prepared);
        case Turn.Raced first -> resumed(first.serial(), Answer.Kind.ISSUED);
        case Turn.Repeated last -> resumed(last.serial(), Answer.Kind.REPEATED);
        case Turn.TooOften counted -> throw counted.why().thrown();
      };
    } catch (PkiException refused) {
      refusals.record(request, refused.failure());
      throw refused;
    }
  }

  /** A door could not make a request of what the caller sent: that stands on the roll as well. */
  public void refused(Caller caller, Failure failure) {
    refusals.record(caller, failure);
  }

  /** What {@link #issue} would do, rule by rule, without writing or signing anything. */
  public Preview preview(EnrolmentRequest request) {
    Profile profile = profiles.named(request.profile());
    var asked = Asked.of(request, profile, entitlementOf(request));
    var verdicts = profiles.judge(profile, asked);
    var known = history.check(request.csr().key());
    return Preview.of(request, known, verdicts, () -> examine(profiles.approve(profile, asked)));
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
    if (approvals > 0 && warrant.isEmpty()) {
      throw awaited(serial).thrown();
    }
    Issuer issuer = issuers.named(open.get().issuer());
    PreparedCertificate prepared = issuer.resume(open.get().tbs(), approvals);
    // It may have been signed before the crash: a second signature has its own entry.
    transactions.run(
        () -> {
          waiting.mustNotBeHalted();
          ledger.append(Deeds.resumed(open.get(), clock.instant()));
        });
    return finish(open.get(), issuer, prepared, warrant);
  }

  /** The request is new; where people must approve it, it goes no further now. */
  private Answer first(Reservation reservation, Issuer issuer, PreparedCertificate prepared) {
    return reservation.approvals() > 0
        ? waits(reservation.serial())
        : new Answer.Given(
            finish(reservation, issuer, prepared, Optional.empty()), Answer.Kind.ISSUED);
  }

  /** The request came before: what became of it since. */
  private Answer resumed(SerialNumber serial, Answer.Kind kind) {
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
    return record(reservation, certificate);
  }

  private Approval approve(EnrolmentRequest request) {
    Profile profile = profiles.named(request.profile());
    texts.mustBeApproved(profile.name());
    history.mustBeClean(request.csr().key());
    return profiles.approve(profile, Asked.of(request, profile, entitlementOf(request)));
  }

  private Entitlement entitlementOf(EnrolmentRequest request) {
    return access.entitlement(request.caller(), request.owner());
  }

  /** New when the reservation stands; else what came before it, and nothing is reserved. */
  private Turn reserve(
      EnrolmentRequest request, Reservation reservation, Optional<RequestKey> key) {
    try {
      return transactions.call(
          () -> {
            waiting.mustNotBeHalted();
            Turn turn = asks.turn(request, reservation.serial());
            if (!(turn instanceof Turn.New)) {
              return turn;
            }
            // First, so that of two racing repetitions the second waits here and spends nothing.
            key.ifPresent(
                one -> inventory.bind(one, reservation.serial(), reservation.reservedAt()));
            access.spend(request.caller());
            inventory.reserve(reservation);
            ledger.append(Deeds.reserved(reservation, request.csr(), key));
            if (reservation.approvals() > 0) {
              waiting.propose(request, reservation);
            }
            return turn;
          });
    } catch (PkiException lost) {
      Optional<SerialNumber> first =
          lost.failure() instanceof Failure.Conflict
              ? key.flatMap(this::boundTo)
              : Optional.empty();
      return first.map(Turn.Raced::new).orElseThrow(() -> lost);
    }
  }

  private Entry record(Reservation reservation, IssuedCertificate certificate) {
    return transactions.call(
        () -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          Optional<Entry> entry = inventory.record(reservation, certificate, now);
          entry.ifPresent(
              one -> {
                ledger.append(Deeds.issued(one, now));
                deliveries.expect(one.serial(), now);
              });
          // Two finished the same reservation at once: the first one's certificate stands.
          return entry.orElseGet(() -> inventory.recorded(certificate));
        });
  }

  private static Failure givenUp(SerialNumber serial) {
    return new Failure.Conflict(
        "the request under this Idempotency-Key",
        "was given up with its serial " + serial,
        "send it again with a new key");
  }

  private static Failure awaited(SerialNumber serial) {
    return new Failure.Conflict(
        "certificate " + serial, "waits for other people to approve it", "have it approved");
  }

  private Optional<SerialNumber> boundTo(RequestKey key) {
    return transactions.call(() -> inventory.bound(key));
  }

  private Preview.Examined examine(Approval approval) {
    Issuer issuer = issuers.named(approval.profile().issuer());
    return Preview.Examined.of(
        issuer.examine(approval, SerialNumber.random(random), clock.instant()));
  }

  private static Reservation reservationOf(
      EnrolmentRequest request, PreparedCertificate prepared, Instant now) {
    return new Reservation(
        prepared.serial(),
        prepared.issuer(),
        request.profile().value(),
        request.owner(),
        request.caller().name(),
        request.contact(),
        request.replaces(),
        prepared.tbs(),
        now,
        prepared.approvals());
  }
}
