package io.chancery.revocation;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.RequestKey;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.Ledger;
import io.chancery.visibility.StatusFeed;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Changes of status. Done when the transaction commits; CRLs and OCSP read what it wrote. */
@Singleton
public final class Revocations {
  private static final Duration UNTIL_IT_IS_SEEN_HERE = Duration.ofMillis(250);

  private final Inventory inventory;
  private final Ledger ledger;
  private final Transactions transactions;
  private final CrlPublisher publisher;
  private final StatusFeed feed;
  private final InstantSource clock;

  @Inject
  Revocations(
      Inventory inventory,
      Ledger ledger,
      Transactions transactions,
      CrlPublisher publisher,
      StatusFeed feed,
      InstantSource clock) {
    this.inventory = inventory;
    this.ledger = ledger;
    this.transactions = transactions;
    this.publisher = publisher;
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * Revokes, or puts on hold where the reason is certificateHold. Revoking again with the same
   * reason changes nothing; another reason is a {@code Conflict}, but keyCompromise always wins
   * (RFC 5280 s5.3.1 asks for the most telling reason). An expired certificate can be revoked. With
   * a key that did this before, nothing is done again, whatever became of the certificate since.
   */
  public Entry revoke(
      Caller caller,
      SerialNumber serial,
      RevocationReason reason,
      Optional<Instant> invalidityDate,
      Optional<String> key) {
    ReasonPolicy.mustBeAllowed(caller, reason);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    invalidityDate.ifPresent(date -> mustBePast(date, now));
    return change(
        StatusRequest.revoke(caller, serial, reason, invalidityDate, key),
        entry -> next(entry, reason, invalidityDate, now));
  }

  /** Lifts a hold. */
  public Entry release(Caller caller, SerialNumber serial, Optional<String> key) {
    ReasonPolicy.mustBeOperator(caller, RevocationReason.CERTIFICATE_HOLD);
    return change(StatusRequest.release(caller, serial, key), Revocations::released);
  }

  private Entry change(StatusRequest request, Function<Entry, CertificateStatus> next) {
    Entry changed;
    try {
      changed = transactions.call(() -> changeOnce(request, next));
    } catch (PkiException lost) {
      if (!(lost.failure() instanceof Failure.Conflict)) {
        throw lost;
      }
      // Of two at once with one key the second is answered with what the first one did.
      return transactions.call(() -> done(request)).orElseThrow(() -> lost);
    }
    publisher.wake();
    if (changed.statusVersion() > 0) {
      feed.await(changed.serial(), changed.statusVersion(), UNTIL_IT_IS_SEEN_HERE);
    }
    return changed;
  }

  private Entry changeOnce(StatusRequest request, Function<Entry, CertificateStatus> next) {
    Optional<Entry> done = done(request);
    if (done.isPresent()) {
      return done.get();
    }
    Entry there = reachable(request);
    // First, so that of two racing repetitions the second waits here and changes nothing.
    request
        .key()
        .ifPresent(
            key -> inventory.bind(new Inventory.Binding(key, request.serial(), clock.instant())));
    Entry before = inventory.locked(there.serial());
    Entry after = inventory.changeStatus(request.serial(), next);
    if (after.statusVersion() != before.statusVersion()) {
      ledger.append(event(request, after));
    }
    return after;
  }

  /** What the certificate is now, where this key asked the same before. */
  private Optional<Entry> done(StatusRequest request) {
    return request.key().flatMap(inventory::bound).map(serial -> reachable(request));
  }

  private Entry reachable(StatusRequest request) {
    Entry entry = inventory.entry(request.serial());
    if (!request.caller().mayReach(entry.organization())) {
      throw new Failure.NotFound("certificate", request.serial().hex()).thrown();
    }
    return entry;
  }

  private static CertificateStatus next(
      Entry entry, RevocationReason reason, Optional<Instant> invalidityDate, Instant now) {
    String what = "certificate " + entry.serial();
    return switch (entry.status()) {
      case CertificateStatus.Good good ->
          reason == RevocationReason.CERTIFICATE_HOLD
              ? new CertificateStatus.Held(now)
              : new CertificateStatus.Revoked(now, reason, invalidityDate);
      case CertificateStatus.Held held ->
          reason == RevocationReason.CERTIFICATE_HOLD
              ? held
              // It has been answered as revoked since the hold began: that date stands.
              : new CertificateStatus.Revoked(held.since(), reason, invalidityDate);
      case CertificateStatus.Revoked revoked when revoked.reason() == reason -> revoked;
      case CertificateStatus.Revoked revoked when reason == RevocationReason.KEY_COMPROMISE ->
          new CertificateStatus.Revoked(
              revoked.since(), reason, invalidityDate.or(revoked::invalidityDate));
      case CertificateStatus.Revoked revoked ->
          throw new Failure.Conflict(
                  what,
                  "was revoked at " + revoked.since() + " (" + revoked.reason().text() + ")",
                  "it stays revoked; only keyCompromise may replace the reason")
              .thrown();
    };
  }

  private static CertificateStatus released(Entry entry) {
    String what = "certificate " + entry.serial();
    return switch (entry.status()) {
      case CertificateStatus.Held held -> CertificateStatus.GOOD;
      case CertificateStatus.Good good ->
          throw new Failure.Conflict(what, "is not on hold", "nothing to do").thrown();
      // RFC 5280 s5.3.1: only a hold can be lifted.
      case CertificateStatus.Revoked revoked ->
          throw new Failure.Conflict(what, "is revoked for good", "request a new certificate")
              .thrown();
    };
  }

  private static void mustBePast(Instant date, Instant now) {
    // RFC 5280 s5.3.2: the date on which the key is known or suspected to be compromised.
    if (date.isAfter(now)) {
      throw new Failure.Refused(
              "invalidity-date", "the invalidity date lies in the future", "give a past date")
          .thrown();
    }
  }

  private Event event(StatusRequest request, Entry entry) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("idempotencyKey", request.key().map(RequestKey::key).orElse(""));
    facts.put("requestHash", request.key().map(key -> key.requestHash().hex()).orElse(""));
    facts.put("version", String.valueOf(entry.statusVersion()));
    switch (entry.status()) {
      case CertificateStatus.Good good -> {}
      case CertificateStatus.Held held -> facts.put("since", held.since().toString());
      case CertificateStatus.Revoked revoked -> {
        facts.put("since", revoked.since().toString());
        facts.put("reason", revoked.reason().text());
        facts.put("invalidityDate", revoked.invalidityDate().map(Instant::toString).orElse(""));
      }
    }
    return new Event(
        clock.instant(),
        request.deed(),
        request.caller().name(),
        entry.organization(),
        entry.serial().hex(),
        facts);
  }
}
