package io.chancery.revocation;

import io.chancery.Caller;
import io.chancery.PkiException;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.CrlContent;
import io.chancery.issuance.CrlEntry;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import io.chancery.visibility.Channel;
import io.chancery.visibility.Seen;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.Der;
import io.chancery.x509.RevocationReason;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Signs a CRL when one is due: at once after a change of status, and before the last one is old.
 * One replica at a time, under a lease whose token fences a late writer.
 */
@Singleton
public final class CrlPublisher {
  private static final Logger LOG = Logger.getLogger(CrlPublisher.class);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int KEPT = 20;

  private final Issuers issuers;
  private final Inventory inventory;
  private final CrlRows crls;
  private final CrlSeriesRows series;
  private final Crls published;
  private final Ledger ledger;
  private final Leases leases;
  private final Transactions transactions;
  private final Seen seen;
  private final CrlConfig config;
  private final InstantSource clock;
  private final AtomicBoolean awaited = new AtomicBoolean();

  @Inject
  CrlPublisher(
      Issuers issuers,
      Inventory inventory,
      CrlRows crls,
      CrlSeriesRows series,
      Crls published,
      Ledger ledger,
      Leases leases,
      Transactions transactions,
      Seen seen,
      CrlConfig config,
      InstantSource clock) {
    this.issuers = issuers;
    this.inventory = inventory;
    this.crls = crls;
    this.series = series;
    this.published = published;
    this.ledger = ledger;
    this.leases = leases;
    this.transactions = transactions;
    this.seen = seen;
    this.config = config;
    this.clock = clock;
  }

  /** Something has changed: publish soon, in the background; many calls at once become one. */
  void wake() {
    if (awaited.compareAndSet(false, true)) {
      Thread.ofVirtual().name("crl").start(this::answerWake);
    }
  }

  private void answerWake() {
    awaited.set(false);
    try {
      publishDue();
    } catch (PkiException away) {
      LOG.debugf("the job will publish: %s", away.getMessage());
    }
  }

  /** Publishes for every issuer whose CRL is due. One call at a time in this process. */
  public synchronized void publishDue() {
    for (Issuer issuer : issuers.all()) {
      published.refresh(issuer.name());
      if (due(issuer)) {
        leases.take("crl/" + issuer.name(), LEASE).ifPresent(lease -> publish(issuer, lease));
      }
    }
  }

  private boolean due(Issuer issuer) {
    Optional<PublishedCrl> last = published.current(issuer.name());
    return last.isEmpty()
        || !clock.instant().isBefore(last.get().thisUpdate().plus(config.refresh()))
        || numberWithoutCrl(issuer, last.get())
        || !transactions.call(() -> inventory.unshownChanges(issuer.name())).isEmpty();
  }

  /**
   * A number was given and its CRL is not there: a crash, or a replay of the roll. Somebody may
   * hold that CRL, so a newer one must follow.
   */
  private boolean numberWithoutCrl(Issuer issuer, PublishedCrl last) {
    return transactions.call(
        () ->
            series
                .findByIdOptional(issuer.name().value())
                .filter(row -> row.number > last.number())
                .isPresent());
  }

  private void publish(Issuer issuer, Lease lease) {
    // 1. Number and content, and an entry on the roll. A crash from here on leaves a gap in the
    //    numbers, which RFC 5280 s5.2.3 allows; the next run takes the next number.
    Draft draft = transactions.call(() -> draft(issuer, lease));

    // 2. The HSM signs, no transaction open. A crash leaves a signature nobody holds.
    Der der = issuer.signCrl(draft.content());

    // 3. Kept, if nobody took the lease over meanwhile; only then served.
    PublishedCrl crl = transactions.call(() -> keep(issuer, lease, draft, der));
    published.offer(crl);
  }

  private record Draft(CrlContent content, int entries, List<Long> changes) {}

  private Draft draft(Issuer issuer, Lease lease) {
    leases.mustStillHold(lease);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    CrlSeriesRow row = series.lockedOrNew(issuer.name());
    row.number++;
    // A clock that went back must not take thisUpdate with it.
    row.thisUpdate = now.isAfter(row.thisUpdate) ? now : row.thisUpdate;

    // Read before the entries: a change that commits in between is shown twice, never missed.
    List<Long> changes = inventory.unshownChanges(issuer.name());
    List<CrlEntry> entries = new ArrayList<>();
    inventory.eachRevoked(
        issuer.name(), lastThisUpdate(issuer), entry -> entries.add(crlEntry(entry)));

    Instant nextUpdate = nextUpdate(issuer, row.thisUpdate);
    ledger.append(
        Event.of(
            clock.instant(),
            EventKind.CRL_RESERVED,
            new Caller.Authority("crl"),
            issuer.name().value(),
            "number",
            String.valueOf(row.number),
            "thisUpdate",
            row.thisUpdate.toString(),
            "nextUpdate",
            nextUpdate.toString(),
            "entries",
            String.valueOf(entries.size())));
    return new Draft(
        new CrlContent(BigInteger.valueOf(row.number), row.thisUpdate, nextUpdate, entries),
        entries.size(),
        changes);
  }

  /**
   * RFC 5280 s3.3: an entry stays until one CRL issued after the certificate's end has shown it.
   */
  private Instant lastThisUpdate(Issuer issuer) {
    return crls.newest(issuer.name()).map(row -> row.thisUpdate).orElse(Instant.EPOCH);
  }

  private Instant nextUpdate(Issuer issuer, Instant thisUpdate) {
    Instant end = issuer.certificate().validity().notAfter();
    Instant next = thisUpdate.plus(config.lifetime());
    return next.isAfter(end) ? end : next;
  }

  private PublishedCrl keep(Issuer issuer, Lease lease, Draft draft, Der der) {
    leases.mustStillHold(lease);
    long number = draft.content().number().longValueExact();
    CrlRow row = new CrlRow();
    row.id = new CrlRow.Id(issuer.name().value(), number);
    row.thisUpdate = draft.content().thisUpdate();
    row.nextUpdate = draft.content().nextUpdate();
    row.entries = draft.entries();
    row.der = der.octets();
    crls.persist(row);
    crls.forgetBefore(issuer.name(), number - KEPT);
    inventory.shown(draft.changes(), number);
    seen.record(new Channel.Full(number), inventory.versions(draft.changes()), clock.instant());
    ledger.append(
        Event.of(
            clock.instant(),
            EventKind.CRL_SIGNED,
            new Caller.Authority("crl"),
            issuer.name().value(),
            "number",
            String.valueOf(number),
            "crl",
            der.thumbprint().hex()));
    return new PublishedCrl(
        issuer.name(), number, row.thisUpdate, row.nextUpdate, row.entries, der);
  }

  private static CrlEntry crlEntry(Entry entry) {
    return switch (entry.status()) {
      case CertificateStatus.Held held ->
          new CrlEntry(
              entry.serial(), held.since(), RevocationReason.CERTIFICATE_HOLD, Optional.empty());
      case CertificateStatus.Revoked revoked ->
          new CrlEntry(entry.serial(), revoked.since(), revoked.reason(), revoked.invalidityDate());
      case CertificateStatus.Good good ->
          throw new IllegalStateException(
              "a good certificate among the revoked: " + entry.serial());
    };
  }
}
