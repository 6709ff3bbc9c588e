package io.chancery.revocation;

import io.chancery.Caller;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.chancery.inventory.RevokedList;
import io.chancery.issuance.CrlContent;
import io.chancery.issuance.CrlEntries;
import io.chancery.issuance.CrlKind;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.StatusAddresses;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The two transactions of a CRL's life: a draft gets its number, its entries and its place on the
 * roll, a signed one is kept. Both fail for whoever has lost the lease.
 */
@Singleton
final class CrlSeries {
  private final CrlBook book;
  private final CrlRetention retention;
  private final Ledger ledger;
  private final Leases leases;
  private final CrlNews news;
  private final StatusAddresses addresses;
  private final CrlConfig config;
  private final InstantSource clock;

  @Inject
  CrlSeries(
      CrlBook book,
      CrlRetention retention,
      Ledger ledger,
      Leases leases,
      CrlNews news,
      StatusAddresses addresses,
      CrlConfig config,
      InstantSource clock) {
    this.book = book;
    this.retention = retention;
    this.ledger = ledger;
    this.leases = leases;
    this.news = news;
    this.addresses = addresses;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Number, entries and the entry on the roll, in one transaction with one snapshot: what the CRL
   * lists and what it says to have seen are the same. Empty where a delta has no base.
   */
  Optional<CrlDraft> draft(Issuer issuer, CrlSlot slot, Lease lease, CrlEntries entries) {
    book.with(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute("set transaction isolation level repeatable read");
          }
        });
    leases.mustStillHold(lease);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Optional<CrlBook.Base> base =
        slot.isDelta()
            ? book.base(slot.issuer(), clock.instant(), config.atOnce())
            : Optional.empty();
    if (slot.isDelta() && base.isEmpty()) {
      return Optional.empty();
    }
    // Whoever waits for the number of another draft begins again: a later number has seen more.
    CrlBook.Numbered numbered = book.next(slot.issuer(), slot.scope(), now);
    String snapshot = book.snapshot();
    list(slot, base, entries);
    CrlKind kind =
        base.<CrlKind>map(one -> new CrlKind.Delta(BigInteger.valueOf(one.number())))
            .orElseGet(() -> completeKind(slot));
    CrlContent content =
        new CrlContent(
            BigInteger.valueOf(numbered.number()),
            numbered.thisUpdate(),
            nextUpdate(issuer, numbered.thisUpdate()),
            kind);
    CrlDraft draft = new CrlDraft(slot, content, snapshot);
    ledger.append(reserved(draft, entries.count()));
    leases.mustStillHold(lease); // to list a million takes longer than it lasts
    return Optional.of(draft);
  }

  private CrlKind completeKind(CrlSlot slot) {
    return slot.scope().isWhole()
        ? new CrlKind.Complete(Optional.of(addresses.delta(slot.issuer())))
        : new CrlKind.Shard(addresses.crl(slot.issuer(), slot.scope()));
  }

  private void list(CrlSlot slot, Optional<CrlBook.Base> base, CrlEntries entries) {
    book.with(
        connection -> {
          if (base.isPresent()) {
            RevokedList.since(connection, slot.issuer(), base.get().snapshot(), entries::add);
          } else {
            RevokedList.complete(connection, slot.issuer(), slot.scope(), entries::add);
          }
          return entries;
        });
  }

  private Instant nextUpdate(Issuer issuer, Instant thisUpdate) {
    Instant end = issuer.certificate().validity().notAfter();
    Instant next = thisUpdate.plus(config.lifetime());
    return next.isAfter(end) ? end : next;
  }

  /** Keeps a signed CRL, unless the lease was lost meanwhile. */
  PublishedCrl keep(CrlDraft draft, Lease lease, PublishedCrl crl, Path octets) {
    leases.mustStillHold(lease);
    book.insert(crl, draft.snapshot(), octets);
    shown(draft, crl);
    retention.forgetBefore(crl);
    if (!crl.slot().isDelta()) {
      retention.forgetExpired(crl.slot().issuer());
    }
    ledger.append(signed(draft, crl));
    return crl;
  }

  /** What this CRL has seen can be seen by everyone from here on. */
  private void shown(CrlDraft draft, PublishedCrl crl) {
    if (crl.slot().scope().isWhole()) {
      retention.shown(crl, draft.snapshot());
    }
    news.tell(crl, draft.snapshot());
  }

  private Event reserved(CrlDraft draft, long entries) {
    return Event.of(
        clock.instant(),
        EventKind.CRL_RESERVED,
        new Caller.Authority("crl"),
        draft.slot().issuer().value(),
        "scope",
        draft.slot().scope().text(),
        "number",
        String.valueOf(draft.number()),
        "base",
        draft.base().map(String::valueOf).orElse(""),
        "thisUpdate",
        draft.content().thisUpdate().toString(),
        "nextUpdate",
        draft.content().nextUpdate().toString(),
        "entries",
        String.valueOf(entries));
  }

  private Event signed(CrlDraft draft, PublishedCrl crl) {
    return Event.of(
        clock.instant(),
        EventKind.CRL_SIGNED,
        new Caller.Authority("crl"),
        draft.slot().issuer().value(),
        "scope",
        draft.slot().scope().text(),
        "number",
        String.valueOf(draft.number()),
        "base",
        draft.base().map(String::valueOf).orElse(""),
        "crl",
        crl.thumbprint().hex());
  }
}
