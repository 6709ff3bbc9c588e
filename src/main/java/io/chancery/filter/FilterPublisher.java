package io.chancery.filter;

import io.chancery.Failure;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.chancery.inventory.Moment;
import io.chancery.inventory.Moments;
import io.chancery.inventory.NotBeforeFloor;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.profile.Profile;
import io.chancery.profile.Profiles;
import io.chancery.x509.SerialNumber;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Makes a filter of each issuer when one is due. One replica at a time, under a lease whose token
 * fences a late writer.
 *
 * <p><b>Why every certificate of the book that begins before the cut is in the filter.</b> A
 * certificate begins when its reservation says, and comes into the book only in the place of its
 * open reservation. The floor is raised first and commits; the book is read after that, at one
 * moment; the cut is the floor, or earlier if an open reservation begins earlier. What waits for
 * people's approval does not hold the cut back: its serial is in the filter already. A certificate
 * that begins before the cut was reserved either
 *
 * <ul>
 *   <li>after the floor was raised: no, such a reservation is refused ({@link NotBeforeFloor}); or
 *   <li>before, and then had committed before: at the moment it is an open reservation (no, the cut
 *       would be earlier, or it waits and is in the filter), given up (never signed), or a
 *       certificate, and is in the filter.
 * </ul>
 *
 * <p>No clock is part of this: {@code margin} and the profiles' backdating only choose a floor that
 * no ordinary request meets.
 */
@Singleton
public final class FilterPublisher {
  private static final Logger LOG = Logger.getLogger(FilterPublisher.class);

  /** Kept while it is built, which may take minutes. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Issuers issuers;
  private final Profiles profiles;
  private final NotBeforeFloor floor;
  private final Moments moments;
  private final RevocationFilterRows rows;
  private final Filters published;
  private final NoteSigner signer;
  private final Leases leases;
  private final Transactions transactions;
  private final FilterTerms terms;
  private final InstantSource clock;

  @Inject
  FilterPublisher(
      Issuers issuers,
      Profiles profiles,
      NotBeforeFloor floor,
      Moments moments,
      RevocationFilterRows rows,
      Filters published,
      @Identifier("filter") NoteSigner signer,
      Leases leases,
      Transactions transactions,
      FilterTerms terms,
      InstantSource clock) {
    this.issuers = issuers;
    this.profiles = profiles;
    this.floor = floor;
    this.moments = moments;
    this.rows = rows;
    this.published = published;
    this.signer = signer;
    this.leases = leases;
    this.transactions = transactions;
    this.terms = terms;
    this.clock = clock;
  }

  /** Makes what is due, and learns what other replicas have made. */
  public void publishDue() {
    if (terms.every().isPresent()) {
      Duration every = terms.every().get();
      for (Issuer issuer : issuers.all()) {
        Optional<PublishedFilter> last = published.refresh(issuer.name());
        if (last.isEmpty() || !clock.instant().isBefore(last.get().thisUpdate().plus(every))) {
          publish(issuer);
        }
      }
    }
  }

  /** Makes a new one now, unless another replica is at it. One call at a time in this process. */
  public synchronized void publish(Issuer issuer) {
    leases.during("filter/" + issuer.name(), LEASE, lease -> publish(issuer, lease));
  }

  private record Draft(RevocationFilter.Facts facts, byte[] body, long issued, long revoked) {}

  private void publish(Issuer issuer, Lease lease) {
    Instant start = clock.instant();
    Instant now = start.truncatedTo(ChronoUnit.SECONDS);
    // A clock that went back must not take thisUpdate with it.
    Instant thisUpdate =
        published
            .refresh(issuer.name())
            .map(PublishedFilter::thisUpdate)
            .filter(now::isBefore)
            .orElse(now);

    // 1. From now on nothing is reserved below the floor. A crash leaves a floor, which is right.
    Instant floorAt = transactions.call(() -> floor.raise(issuer.name(), wanted(issuer)));

    // 2. The book, at one moment after that; nothing is held meanwhile.
    Draft draft = moments.read(moment -> draft(issuer, thisUpdate, floorAt, moment));

    // 3. The ledger's key signs, and the result is read as a validator reads it. A crash leaves a
    //    signature nobody holds; the next one has the same or a larger number.
    byte[] file = FilterFile.of(draft.facts(), draft.body(), signer);
    mustBeReadable(file);

    // 4. Kept, if nobody took the lease over meanwhile; only then served.
    published.offer(transactions.call(() -> keep(issuer, lease, draft, file)));
    LOG.infof(
        "filter of %s: number %d, %d certificates begun before %s, %d revoked, %d octets, %d ms",
        issuer.name(),
        draft.facts().number(),
        draft.issued(),
        draft.facts().cut(),
        draft.revoked(),
        file.length,
        Duration.between(start, clock.instant()).toMillis());
  }

  /** Below what any request that is on its way will ask for. */
  private Instant wanted(Issuer issuer) {
    Duration backdate =
        profiles.all().stream()
            .filter(profile -> profile.issuer().equals(issuer.name()))
            .map(Profile::backdate)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(backdate).minus(terms.margin());
  }

  private Draft draft(Issuer issuer, Instant thisUpdate, Instant floorAt, Moment moment)
      throws SQLException {
    Instant cut =
        moment
            .earliestReserved(issuer.name())
            .filter(reserved -> reserved.isBefore(floorAt))
            .orElse(floorAt);
    Moment.Span span = new Moment.Span(issuer.name(), thisUpdate, cut);
    byte[] issuerKey =
        RevocationFilter.sha256(ByteBuffer.wrap(issuer.certificate().key().info().octets()));
    KeyList revoked = new KeyList();
    moment.revoked(span, serial -> revoked.add(key(issuerKey, serial)));
    long issued = moment.count(span);
    int count = revoked.size();
    byte[] body = FilterBody.of(issued, revoked, visit -> each(moment, span, issuerKey, visit));
    Optional<PublishedFilter> last = published.current(issuer.name());
    RevocationFilter.Facts facts =
        new RevocationFilter.Facts(
            issuer.name().value(),
            HexFormat.of().formatHex(issuerKey),
            number(thisUpdate, last),
            thisUpdate,
            nextUpdate(issuer, thisUpdate),
            cut,
            HexFormat.of().formatHex(RevocationFilter.sha256(ByteBuffer.wrap(body))));
    return new Draft(facts, body, issued, count);
  }

  private static void each(
      Moment moment, Moment.Span span, byte[] issuerKey, Consumer<RevocationFilter.Key> visit) {
    try {
      moment.all(span, serial -> visit.accept(key(issuerKey, serial)));
    } catch (SQLException away) {
      throw new IllegalStateException(away); // Moments gives it its type
    }
  }

  private static RevocationFilter.Key key(byte[] issuerKey, SerialNumber serial) {
    return RevocationFilter.Key.of(issuerKey, serial.value());
  }

  /**
   * Larger than the last, and after a restore from a backup larger than those that the database has
   * forgotten: a number is at least the time, and fewer than one a second are made.
   */
  private static long number(Instant thisUpdate, Optional<PublishedFilter> last) {
    return Math.max(thisUpdate.getEpochSecond(), last.map(PublishedFilter::number).orElse(0L) + 1);
  }

  private Instant nextUpdate(Issuer issuer, Instant thisUpdate) {
    Instant end = issuer.certificate().validity().notAfter();
    Instant next = thisUpdate.plus(terms.lifetime()).truncatedTo(ChronoUnit.SECONDS);
    return next.isAfter(end) ? end : next;
  }

  private void mustBeReadable(byte[] file) {
    try {
      RevocationFilter.open(file, signer.key().vkey());
    } catch (RevocationFilter.RefusedException broken) {
      throw new Failure.BrokenPromise("filter", String.valueOf(broken.getMessage()))
          .because(broken);
    }
  }

  private PublishedFilter keep(Issuer issuer, Lease lease, Draft draft, byte[] file) {
    leases.mustStillHold(lease);
    RevocationFilter.Facts facts = draft.facts();
    RevocationFilterRow row = rows.orNew(issuer.name());
    if (row.number >= facts.number()) {
      throw new Failure.Conflict(
              "filter " + facts.number(), "follows " + row.number, "the job will make another")
          .thrown();
    }
    row.number = facts.number();
    row.thisUpdate = facts.thisUpdate();
    row.nextUpdate = facts.nextUpdate();
    row.file = file;
    return new PublishedFilter(
        issuer.name(), facts.number(), facts.thisUpdate(), facts.nextUpdate(), file);
  }
}
