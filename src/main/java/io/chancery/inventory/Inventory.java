package io.chancery.inventory;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import io.chancery.x509.CertificateStatus;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.TbsText;
import io.chancery.x509.Thumbprint;
import io.chancery.x509.Validity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The book. Writes belong into the transaction of their deed and refuse to run outside one; reads
 * may run in any.
 */
@Singleton
public final class Inventory {
  private static final Duration BEGIN_AGAIN = Duration.ofSeconds(1);

  private final CertificateRows certificates;
  private final ReservationRows reservations;
  private final RequestKeyRows requestKeys;
  private final StatusChangeRows changes;
  private final NotBeforeFloorRows floor;
  private final RevokedRows revoked;
  private final Sql sql;
  private final InstantSource clock;

  @Inject
  Inventory(
      CertificateRows certificates,
      ReservationRows reservations,
      RequestKeyRows requestKeys,
      StatusChangeRows changes,
      NotBeforeFloorRows floor,
      RevokedRows revoked,
      Sql sql,
      InstantSource clock) {
    this.certificates = certificates;
    this.reservations = reservations;
    this.requestKeys = requestKeys;
    this.changes = changes;
    this.floor = floor;
    this.revoked = revoked;
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * Writes intentions down, all or none. A serial that was ever used fails on the table's key, and
   * one that would begin below the {@link NotBeforeFloor} is refused.
   */
  public void reserve(List<Reservation> all, Trip trip) {
    Transactions.mustBeOpen();
    Map<IssuerName, Instant> earliest = new TreeMap<>(Comparator.comparing(IssuerName::value));
    all.forEach(
        one -> earliest.merge(one.issuer(), notBefore(one), (a, b) -> a.isBefore(b) ? a : b));
    earliest.forEach(
        (issuer, notBefore) ->
            floor.ifBelow(
                issuer,
                notBefore,
                () -> {
                  throw belowFloor(notBefore);
                },
                trip));
    certificates.ifUsed(
        all.stream().map(one -> one.serial().hex()).toList(),
        serial -> {
          throw new Failure.Conflict("serial " + serial, "was used before", "try again").thrown();
        },
        trip);
    reservations.add(all, trip);
  }

  private static RuntimeException belowFloor(Instant notBefore) {
    return new Failure.Unavailable(
            "the book", "nothing is entered any more that begins at " + notBefore, BEGIN_AGAIN)
        .thrown();
  }

  private static Instant notBefore(Reservation one) {
    return TbsText.validity(one.tbs()).notBefore();
  }

  /** A request key, and the serial that answers it. */
  public record Binding(RequestKey key, SerialNumber serial, Instant at) {}

  /** {@code Conflict} where the key was used before. */
  public void bind(Binding one) {
    Trip trip = sql.trip();
    bind(List.of(one), trip);
    trip.go();
  }

  /** The same for many, beside other statements of the transaction. */
  public void bind(List<Binding> all, Trip trip) {
    Transactions.mustBeOpen();
    if (!all.isEmpty()) {
      requestKeys.add(all, trip);
    }
  }

  /**
   * The serial that answers this key, if it was used before; {@code Refused} where it was used for
   * another request.
   */
  public Optional<SerialNumber> bound(RequestKey key) {
    return requestKeys
        .findByIdOptional(new RequestKeyRow.Id(key.caller(), key.key()))
        .map(
            row -> {
              if (!new Thumbprint(row.requestHash).equals(key.requestHash())) {
                throw new Failure.Refused(
                        "idempotency-key",
                        "this Idempotency-Key was used for another request",
                        "send a new key with a new request, or the old request with the old key")
                    .thrown();
              }
              return SerialNumber.parse(row.serial);
            });
  }

  /** Whether this caller's key was used before, for whatever request. */
  public boolean knows(String caller, String key) {
    return requestKeys.findByIdOptional(new RequestKeyRow.Id(caller, key)).isPresent();
  }

  /** What was reserved, and what was signed. */
  public record Signed(Reservation reservation, IssuedCertificate certificate) {}

  /** Where one of {@link #record} has no open reservation any more: another has recorded it. */
  public static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Each certificate takes the place of its open reservation; who takes the reservation away is the
   * one who records. {@link Overtaken}, and nothing is recorded, where one of them has none.
   */
  public List<Entry> record(List<Signed> all, Instant at, Trip trip) {
    Transactions.mustBeOpen();
    List<CertificateRow> rows = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (Signed one : all) {
      CertificateRow row =
          CertificateRow.of(
              one.reservation(), one.certificate(), at.truncatedTo(ChronoUnit.MICROS));
      rows.add(row);
      entries.add(row.entry(one.certificate()));
    }
    certificates.add(
        rows,
        added -> {
          if (added < rows.size()) {
            throw new Overtaken();
          }
        },
        trip);
    return entries;
  }

  /** What another replica recorded for the same reservation: the same promise, or it is a bug. */
  public Entry recorded(IssuedCertificate certificate) {
    return sameTbs(entry(certificate.serial()), certificate);
  }

  public Optional<Entry> find(SerialNumber serial) {
    return certificates.findByIdOptional(serial.hex()).map(CertificateRow::entry);
  }

  /** The entry, or {@code NotFound}. */
  public Entry entry(SerialNumber serial) {
    return find(serial).orElseThrow(() -> unknown(serial));
  }

  /** The open reservation under this serial. */
  public Optional<Reservation> reservation(SerialNumber serial) {
    return reservations
        .findByIdOptional(serial.hex())
        .filter(row -> row.abandonedAt == null)
        .map(ReservationRow::reservation);
  }

  /**
   * Reservations from before that were neither signed nor given up, oldest first; without those
   * that other people must approve.
   */
  public List<Reservation> openReservations(Instant before, int limit) {
    return reservations
        .find(
            "abandonedAt is null and approvals = 0 and reservedAt < ?1 order by reservedAt", before)
        .page(0, limit)
        .stream()
        .map(ReservationRow::reservation)
        .toList();
  }

  /** Certificates of a profile that an organization has in force or may still get. */
  public long inForce(OrganizationId organization, String profile, Instant now) {
    Transactions.mustBeOpen();
    return certificates.inForce(organization.value(), profile, now);
  }

  /** Closes a reservation that will never be signed; its serial stays on record. */
  public void abandon(SerialNumber serial, String why, Instant at) {
    Transactions.mustBeOpen();
    reservations.update("abandonedAt = ?1, why = ?2 where serial = ?3", at, why, serial.hex());
  }

  /**
   * Newest first; where it is about when they end, those that end last first. A page may hold less
   * than was asked for, even nothing, and still have a next one ({@link SearchRows}).
   */
  public Page search(Query query) {
    SearchRows.Found found = certificates.search(query, clock.instant());
    return new Page(found.rows().stream().map(CertificateRow::entry).toList(), found.next());
  }

  /** The entry as nobody else can change it until this transaction ends, or {@code NotFound}. */
  public Entry locked(SerialNumber serial) {
    Transactions.mustBeOpen();
    return certificates
        .locked(serial.hex())
        .map(CertificateRow::entry)
        .orElseThrow(() -> unknown(serial));
  }

  /** Locks the entry, so that {@code change} sees the newest status, and writes what it returns. */
  public Entry changeStatus(SerialNumber serial, Function<Entry, CertificateStatus> change) {
    Transactions.mustBeOpen();
    CertificateRow row = certificates.locked(serial.hex()).orElseThrow(() -> unknown(serial));
    Entry before = row.entry();
    CertificateStatus next = change.apply(before);
    if (next.equals(before.status())) {
      return before;
    }
    row.set(next);
    changes.persist(StatusChangeRow.of(row, clock.instant()));
    revoked.set(row);
    return row.entry();
  }

  /**
   * Certificates in force that end before {@code until} and have no successor yet: no good one that
   * ends later and either renews it or has the same owner, profile, subject and names. The first to
   * end come first.
   */
  public List<Ending> unreplacedEnding(Instant now, Instant until, int limit) {
    return certificates.unreplacedEnding(sql, now, until, limit);
  }

  /**
   * What is to be known of a certificate that ends.
   *
   * @param title its first name, or its subject where it has none
   */
  public record Ending(
      SerialNumber serial, OrganizationId organization, String title, Validity validity) {}

  /** Parts of CRLs that certificates in force name. */
  public List<Shard> shardsInUse() {
    return certificates.shardsInUse();
  }

  private static Entry sameTbs(Entry before, IssuedCertificate certificate) {
    if (!before.certificate().validity().equals(certificate.validity())
        || !before.certificate().key().thumbprint().equals(certificate.key().thumbprint())) {
      throw new Failure.BrokenPromise(
              "certificate " + certificate.serial(), "another one is recorded under its serial")
          .thrown();
    }
    return before;
  }

  private static RuntimeException unknown(SerialNumber serial) {
    return new Failure.NotFound("certificate", serial.hex()).thrown();
  }
}
