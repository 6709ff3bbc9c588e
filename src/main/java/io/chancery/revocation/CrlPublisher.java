package io.chancery.revocation;

import io.chancery.PkiException;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.CrlEntries;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.SignedCrl;
import io.chancery.issuance.StatusAddresses;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Signs CRLs when they are due: deltas and shards soon after a change of status, complete ones
 * before the last one is old, and while they are small after a change as well. One replica at a
 * time, under a lease whose token fences a late writer.
 */
@Singleton
public final class CrlPublisher {
  private static final Logger LOG = Logger.getLogger(CrlPublisher.class);
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final Issuers issuers;
  private final CrlBook book;
  private final CrlRetention retention;
  private final CrlSeries series;
  private final Crls published;
  private final CrlPolicy policy;
  private final Leases leases;
  private final Transactions transactions;
  private final MeterRegistry meters;
  private final InstantSource clock;

  /** A long CRL must not keep the short ones waiting. */
  private final CrlLane quick;

  private final CrlLane whole;
  private final Map<String, Gap> gaps = new ConcurrentHashMap<>();
  private final CrlPatience patience = new CrlPatience(System::nanoTime);
  private volatile boolean open;

  /** A number without a CRL, and since when it is known. */
  private record Gap(long number, Instant since) {}

  @Inject
  CrlPublisher(
      Issuers issuers,
      CrlBook book,
      CrlRetention retention,
      CrlSeries series,
      Crls published,
      StatusAddresses addresses,
      Leases leases,
      Transactions transactions,
      CrlConfig config,
      MeterRegistry meters,
      InstantSource clock) {
    this.issuers = issuers;
    this.book = book;
    this.retention = retention;
    this.series = series;
    this.published = published;
    this.policy = new CrlPolicy(config, addresses.shards());
    this.leases = leases;
    this.transactions = transactions;
    this.meters = meters;
    this.clock = clock;
    this.quick = new CrlLane("crl", this::publishQuick, config.pace());
    this.whole = new CrlLane("crl-whole", this::publishWhole, config.pace());
  }

  /** Something has changed: publish soon, in the background; many calls at once become one. */
  void wake() {
    // Before the start has found everything in order nothing is signed.
    if (open) {
      whole.wake();
      quick.wake();
    }
  }

  /**
   * Publishes whatever is due, now. At the start that is what it must not serve without; the rest
   * follows in the background.
   */
  public void publishDue() {
    boolean start = !open;
    if (start) {
      transactions.run(retention::adopt);
    }
    whole.run();
    quick.run();
    open = true;
    if (start) {
      wake();
    }
  }

  private void publishWhole() {
    for (Issuer issuer : issuers.all()) {
      List<CrlBook.Newest> all = newest(issuer);
      CrlSlot slot = CrlSlot.complete(issuer.name(), CrlScope.WHOLE);
      boolean due = policy.wholeIsDue(all, clock.instant()) && !mayWait(all, slot);
      if (due || hasGap(issuer, CrlScope.WHOLE, all)) {
        publish(issuer, slot);
        quick.wake();
      }
    }
  }

  private void publishQuick() {
    for (Issuer issuer : issuers.all()) {
      List<CrlBook.Newest> all = newest(issuer);
      CrlSlot delta = CrlSlot.delta(issuer.name());
      if (policy.deltaIsDue(all, clock.instant()) && !mayWait(all, delta)) {
        publish(issuer, delta);
      }
      List<CrlScope> due = policy.dueShards(all, clock.instant());
      for (CrlScope scope : policy.shards(all)) {
        CrlSlot slot = CrlSlot.complete(issuer.name(), scope);
        if ((due.contains(scope) && !mayWait(all, slot)) || hasGap(issuer, scope, all)) {
          publish(issuer, slot);
        }
      }
    }
  }

  private boolean mayWait(List<CrlBook.Newest> all, CrlSlot slot) {
    return !open && policy.mayFollowTheStart(all, slot, clock.instant());
  }

  private List<CrlBook.Newest> newest(Issuer issuer) {
    return transactions.call(() -> book.newest(issuer.name()));
  }

  /**
   * Whether a number has stayed without its CRL. At start that is known at once; later another
   * draft may just be on its way, for no longer than its lease.
   */
  private boolean hasGap(Issuer issuer, CrlScope scope, List<CrlBook.Newest> all) {
    String key = issuer.name() + " " + scope;
    Optional<Long> number = CrlPolicy.gap(all, scope);
    if (number.isEmpty()) {
      gaps.remove(key);
      return false;
    }
    Gap gap =
        gaps.compute(
            key,
            (any, known) ->
                known != null && known.number() == number.get()
                    ? known
                    : new Gap(number.get(), clock.instant()));
    return !open || gap.since().plus(LEASE).isBefore(clock.instant());
  }

  private void publish(Issuer issuer, CrlSlot slot) {
    // Each attempt takes a number and an entry on the roll: an outage must not take thousands.
    if (open && !patience.isDue(slot)) {
      return;
    }
    try {
      leases.during(leaseName(slot), LEASE, lease -> publish(issuer, slot, lease));
      patience.wentWell(slot);
    } catch (PkiException away) {
      patience.failed(slot);
      throw away;
    }
  }

  private static String leaseName(CrlSlot slot) {
    IssuerName issuer = slot.issuer();
    if (slot.isDelta()) {
      return "crl/" + issuer + "/delta";
    }
    return "crl/" + issuer + (slot.scope().isWhole() ? "" : "/" + slot.scope().text());
  }

  private void publish(Issuer issuer, CrlSlot slot, Lease lease) {
    long start = System.nanoTime();
    try (CrlEntries entries = published.entries()) {
      // 1. Number and content, and an entry on the roll. A crash from here on leaves a gap in the
      //    numbers, which RFC 5280 s5.2.3 allows; the next run takes the next number.
      Optional<CrlDraft> draft =
          transactions.callAgain(() -> series.draft(issuer, slot, lease, entries));
      if (draft.isPresent()) {
        sign(issuer, lease, draft.get(), entries, start);
      }
    }
  }

  private void sign(Issuer issuer, Lease lease, CrlDraft draft, CrlEntries entries, long start) {
    // 2. The HSM signs, no transaction open. A crash leaves a signature nobody holds.
    SignedCrl signed = issuer.signCrl(draft.content(), entries);
    Path octets = published.write(signed);

    // 3. Kept, if nobody took the lease over meanwhile; only then served. A crash before leaves a
    //    file without a name, which the next start removes.
    PublishedCrl crl = published.describe(draft, signed, octets);
    try {
      transactions.run(() -> series.keep(draft, lease, crl, octets));
    } catch (PkiException notKept) {
      published.discard(octets);
      throw notKept;
    }
    published.offer(crl, octets);
    tell(crl, Duration.ofNanos(System.nanoTime() - start));
  }

  private void tell(PublishedCrl crl, Duration took) {
    LOG.infof(
        "CRL %s number %d: %d entries, %d octets, %d ms",
        crl.slot(), crl.number(), crl.entries(), crl.octets(), took.toMillis());
    meters
        .timer(
            "chancery.crl.build",
            "issuer",
            crl.slot().issuer().value(),
            "kind",
            crl.slot().isDelta() ? "delta" : crl.slot().scope().isWhole() ? "whole" : "shard")
        .record(took);
  }
}
