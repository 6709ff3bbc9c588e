package io.chancery.enrolment;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.access.Access;
import io.chancery.access.Access.Claim;
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
import io.chancery.profile.Approval;
import io.chancery.profile.Profile;
import io.chancery.profile.Profiles;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The path from a request to a certificate. Every door enters here.
 *
 * <p>The intention is written down before the HSM is asked, and the HSM is asked with no
 * transaction open. {@link Completion} goes on from there.
 */
@Singleton
public final class Enrolment {
  private final Profiles profiles;
  private final Issuers issuers;
  private final Inventory inventory;
  private final Access access;
  private final KeyHistory history;
  private final Asks asks;
  private final Deliveries deliveries;
  private final Refusals refusals;
  private final Bookings bookings;
  private final Completion completion;
  private final ProfileTexts texts;
  private final NewIssuers newIssuers;
  private final Transactions transactions;
  private final SecureRandom random;
  private final InstantSource clock;

  @Inject
  Enrolment(
      Profiles profiles,
      Issuers issuers,
      Inventory inventory,
      Access access,
      KeyHistory history,
      Asks asks,
      Deliveries deliveries,
      Refusals refusals,
      Bookings bookings,
      Completion completion,
      ProfileTexts texts,
      NewIssuers newIssuers,
      Transactions transactions,
      SecureRandom random,
      InstantSource clock) {
    this.profiles = profiles;
    this.issuers = issuers;
    this.inventory = inventory;
    this.access = access;
    this.history = history;
    this.asks = asks;
    this.deliveries = deliveries;
    this.refusals = refusals;
    this.bookings = bookings;
    this.completion = completion;
    this.texts = texts;
    this.newIssuers = newIssuers;
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
      case Answer.Awaiting waits -> throw Completion.awaited(waits.serial()).thrown();
    };
  }

  /**
   * The certificate, on the roll and in the book before anyone holds it. A door says to {@link
   * Deliveries} what became of its answer.
   */
  public Answer answer(EnrolmentRequest request) {
    try {
      asks.mustBeWithinLimits(request);
      return access.confirming(claim -> answer(request, claim));
    } catch (PkiException refused) {
      refusals.record(request, refused.failure());
      throw refused;
    }
  }

  private Answer answer(EnrolmentRequest request, Optional<Claim> claim) {
    // 0. A key that was used before is answered with what it was answered with then.
    Optional<RequestKey> key = RequestHash.keyOf(request);
    Optional<SerialNumber> before = key.flatMap(this::boundTo);
    if (before.isPresent()) {
      return completion.answer(before.get(), Answer.Kind.ISSUED);
    }

    // 1. The profile agrees, or names the rule that does not.
    Approval approval = approve(request);

    // 2. The certificate is built and linted. A crash leaves nothing.
    Instant now = clock.instant();
    Issuer issuer = issuers.named(approval.profile().issuer());
    PreparedCertificate prepared = issuer.prepare(approval, SerialNumber.random(random), now);

    // 3. The intention is durable: serial, exact bytes, request key, entry on the roll; and where
    //    the caller came in on a claim, the book still says what was claimed.
    //    A crash from here on leaves a reservation, which a retry or the tidy job completes.
    Reservation reservation = reservationOf(request, prepared, now);
    return switch (reserve(Intention.of(request, reservation, key, claim))) {
      case Turn.New mine -> completion.first(reservation, issuer, prepared);
      case Turn.Raced first -> completion.answer(first.serial(), Answer.Kind.ISSUED);
      case Turn.Repeated last -> completion.answer(last.serial(), Answer.Kind.REPEATED);
      case Turn.Refused refused -> throw refused.why().thrown();
    };
  }

  /** A door could not make a request of what the caller sent: that stands on the roll as well. */
  public void refused(Caller caller, Failure failure) {
    access.confirmFirst();
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

  private Approval approve(EnrolmentRequest request) {
    Profile profile = profiles.named(request.profile());
    texts.mustBeApproved(profile.name());
    newIssuers.mustBeApproved(request.caller(), profile.issuer());
    return profiles.approve(profile, Asked.of(request, profile, entitlementOf(request)));
  }

  private Entitlement entitlementOf(EnrolmentRequest request) {
    return access.entitlement(request.caller(), request.owner());
  }

  /** New when the reservation stands; else what came before it, and nothing is reserved. */
  private Turn reserve(Intention intention) {
    try {
      return bookings.write(intention);
    } catch (PkiException lost) {
      Optional<SerialNumber> first =
          lost.failure() instanceof Failure.Conflict
              ? intention.key().flatMap(this::boundTo)
              : Optional.empty();
      return first.map(Turn.Raced::new).orElseThrow(() -> lost);
    }
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
