package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Scope;
import io.chancery.access.rate.TokenBucket;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How much each organization may ask of each profile. Each replica counts for itself, in memory: a
 * limit protects this service, and needs no exactness over replicas. What an operator said stands
 * in the database and is known to every replica within seconds.
 */
@Singleton
public final class Limits {
  private final LimitsConfig config;
  private final LimitRows rows;
  private final Organizations organizations;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  private volatile Map<LimitRow.Id, Said> said = Map.of();
  private final Map<LimitRow.Id, TokenBucket> buckets = new ConcurrentHashMap<>();

  /** What an operator said. */
  private record Said(int perMinute, OptionalInt inForce) {}

  @Inject
  Limits(
      LimitsConfig config,
      LimitRows rows,
      Organizations organizations,
      Ledger ledger,
      Transactions transactions,
      InstantSource clock) {
    this.config = config;
    this.rows = rows;
    this.organizations = organizations;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Takes one of what the organization may ask; {@code TooManyRequests} where nothing is left. */
  public void take(OrganizationId organization, String profile) {
    LimitRow.Id id = new LimitRow.Id(organization.value(), profile);
    Instant now = clock.instant();
    Said own = said.get(id);
    int perMinute = own == null ? config.perMinute() : own.perMinute();
    // Decided inside, so that of two at once only one gets the last.
    buckets.compute(
        id,
        (same, before) -> {
          TokenBucket bucket =
              before == null || before.perSecond() != perMinute / 60.0
                  ? TokenBucket.full(perMinute, burst(perMinute), now)
                  : before;
          if (!bucket.hasOne(now)) {
            throw tooMany(id, perMinute, bucket, now);
          }
          return bucket.withoutOne(now);
        });
  }

  /** What holds for an organization and a profile. */
  public Limit of(OrganizationId organization, String profile) {
    return transactions.call(
        () ->
            rows.findByIdOptional(new LimitRow.Id(organization.value(), profile))
                .map(row -> limit(row.id, row.perMinute, row.inForce()))
                .orElseGet(
                    () ->
                        new Limit(
                            organization,
                            profile,
                            config.perMinute(),
                            OptionalInt.empty(),
                            Limit.Source.CONFIGURATION)));
  }

  /** Says another limit than the configuration does. */
  public Limit set(
      Caller by, OrganizationId organization, String profile, int perMinute, OptionalInt inForce) {
    mustNotBeNegative("perMinute", perMinute);
    mustNotBeNegative("inForce", inForce.orElse(0));
    LimitRow.Id id = new LimitRow.Id(organization.value(), profile);
    transactions.run(
        () -> {
          organizations.mustExist(organization);
          LimitRow row = rows.findByIdOptional(id).orElseGet(LimitRow::new);
          row.id = id;
          row.perMinute = perMinute;
          row.inForce = inForce.isPresent() ? inForce.getAsInt() : null;
          rows.persist(row);
          ledger.append(event(by, id, String.valueOf(perMinute), inForce));
        });
    refresh();
    return limit(id, perMinute, inForce);
  }

  private static void mustNotBeNegative(String name, int value) {
    if (value < 0) {
      throw new Failure.Malformed(name, "", "must be 0 or more", "Chancery limit").thrown();
    }
  }

  /**
   * How many certificates it may have in force, in the transaction that would reserve one more:
   * others who would do the same wait until it is over. Where nobody has said so, nothing is asked.
   */
  public OptionalInt mostInForce(OrganizationId organization, String profile) {
    Transactions.mustBeOpen();
    return countsInForce(organization, profile)
        ? rows.locked(new LimitRow.Id(organization.value(), profile))
            .map(LimitRow::inForce)
            .orElse(OptionalInt.empty())
        : OptionalInt.empty();
  }

  /** Whether an operator has limited them, as this replica knows; no database is asked. */
  public boolean countsInForce(OrganizationId organization, String profile) {
    Said own = said.get(new LimitRow.Id(organization.value(), profile));
    return own != null && own.inForce().isPresent();
  }

  /** Takes the operator's limit back: the configuration's holds. */
  public void clear(Caller by, OrganizationId organization, String profile) {
    LimitRow.Id id = new LimitRow.Id(organization.value(), profile);
    transactions.run(
        () -> {
          if (rows.deleteById(id)) {
            ledger.append(event(by, id, "", OptionalInt.empty()));
          }
        });
    refresh();
  }

  /** What other replicas were told. */
  void refresh() {
    said = Scope.across(Scope.Across.ALL_LIMITS, () -> transactions.call(this::all));
  }

  private Map<LimitRow.Id, Said> all() {
    return rows.listAll().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                row -> row.id, row -> new Said(row.perMinute, row.inForce())));
  }

  /** The same part of a minute's requests for everybody, and at least one. */
  private double burst(int perMinute) {
    double part = config.perMinute() > 0 ? (double) config.burst() / config.perMinute() : 1;
    return perMinute == 0 ? 0 : Math.max(1, perMinute * part);
  }

  private static RuntimeException tooMany(
      LimitRow.Id id, int perMinute, TokenBucket bucket, Instant now) {
    return new Failure.TooManyRequests(
            "organization " + id.organization() + " asks too much of profile " + id.profile(),
            perMinute + " a minute, " + (long) bucket.size() + " at once",
            bucket.wait(now),
            "ask more slowly, or ask an operator for a higher limit")
        .thrown();
  }

  private static Limit limit(LimitRow.Id id, int perMinute, OptionalInt inForce) {
    return new Limit(
        new OrganizationId(id.organization()),
        id.profile(),
        perMinute,
        inForce,
        Limit.Source.OPERATOR);
  }

  private Event event(Caller by, LimitRow.Id id, String perMinute, OptionalInt inForce) {
    return Event.of(
        clock.instant(),
        EventKind.LIMIT_CHANGED,
        by,
        id.organization(),
        "profile",
        id.profile(),
        "perMinute",
        perMinute,
        "inForce",
        inForce.isPresent() ? String.valueOf(inForce.getAsInt()) : "");
  }
}
