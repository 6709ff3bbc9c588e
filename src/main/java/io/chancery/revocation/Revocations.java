package io.chancery.revocation;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
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
  private final Inventory inventory;
  private final Ledger ledger;
  private final Transactions transactions;
  private final CrlPublisher publisher;
  private final InstantSource clock;

  @Inject
  Revocations(
      Inventory inventory,
      Ledger ledger,
      Transactions transactions,
      CrlPublisher publisher,
      InstantSource clock) {
    this.inventory = inventory;
    this.ledger = ledger;
    this.transactions = transactions;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Revokes, or puts on hold where the reason is certificateHold. Revoking again with the same
   * reason changes nothing; another reason is a {@code Conflict}, but keyCompromise always wins
   * (RFC 5280 s5.3.1 asks for the most telling reason). An expired certificate can be revoked.
   */
  public Entry revoke(
      Caller caller,
      SerialNumber serial,
      RevocationReason reason,
      Optional<Instant> invalidityDate) {
    ReasonPolicy.mustBeAllowed(caller, reason);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    invalidityDate.ifPresent(date -> mustBePast(date, now));
    return change(
        caller,
        serial,
        entry -> next(entry, reason, invalidityDate, now),
        reason == RevocationReason.CERTIFICATE_HOLD
            ? EventKind.CERTIFICATE_HELD
            : EventKind.CERTIFICATE_REVOKED);
  }

  /** Lifts a hold. */
  public Entry release(Caller caller, SerialNumber serial) {
    ReasonPolicy.mustBeOperator(caller, RevocationReason.CERTIFICATE_HOLD);
    return change(caller, serial, Revocations::released, EventKind.CERTIFICATE_RELEASED);
  }

  private Entry change(
      Caller caller, SerialNumber serial, Function<Entry, CertificateStatus> next, EventKind kind) {
    Entry changed =
        transactions.call(
            () -> {
              Entry before = inventory.entry(serial);
              if (!caller.mayReach(before.organization())) {
                throw new Failure.NotFound("certificate", serial.hex()).thrown();
              }
              Entry after = inventory.changeStatus(serial, next);
              if (after.statusVersion() != before.statusVersion()) {
                ledger.append(event(caller, after, kind));
              }
              return after;
            });
    publisher.wake();
    return changed;
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

  private Event event(Caller caller, Entry entry, EventKind kind) {
    Map<String, String> facts = new TreeMap<>();
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
        clock.instant(), kind, caller.name(), entry.organization(), entry.serial().hex(), facts);
  }
}
