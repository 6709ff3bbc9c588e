package io.chancery.alerts;

import io.chancery.OrganizationId;
import io.chancery.canary.Flight;
import io.chancery.inventory.Shard;
import io.chancery.revocation.CrlFact;
import io.chancery.visibility.Replica;
import io.chancery.x509.IssuerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From facts about the status service to findings; a pure function. */
final class StatusWatch {
  static final String CRL = "crl-stale";
  static final String SCOPE = "crl-lost";
  static final String REPLICA = "replica";
  static final String UNSEEN = "change-unseen";
  static final String JOB = "job-stuck";
  static final String CANARY = "canary";

  /** Each is looked at whole every time. */
  static final List<String> KINDS = List.of(CRL, SCOPE, REPLICA, UNSEEN, JOB, CANARY);

  /** How much later than due is still no trouble: two minutes must be enough to tell of it. */
  private static final Duration LATE = Duration.ofSeconds(60);

  /** A job may take so long beyond the time at which it should have come again. */
  private static final Duration STUCK = Duration.ofSeconds(45);

  /** A replica whose feed is so far behind answers what is no longer so. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  private StatusWatch() {}

  static List<Finding> assess(StatusFacts.Gathered facts, Instant now) {
    List<Finding> found = new ArrayList<>();
    facts.crls().forEach(crl -> stale(crl, now).ifPresent(found::add));
    found.addAll(lost(facts, now));
    for (Replica replica : facts.replicas()) {
      found.addAll(replica.isLive() ? alive(replica, now) : List.of(gone(replica, now)));
    }
    facts.missing().forEach(missing -> found.add(unseen(missing)));
    facts.flights().stream()
        .filter(flight -> !flight.isWell())
        .map(StatusWatch::flight)
        .forEach(found::add);
    return found;
  }

  /** A new one should be there by now; near its end it is an outage in the making. */
  private static Optional<Finding> stale(CrlFact crl, Instant now) {
    Instant due = crl.thisUpdate().plus(crl.refresh()).plus(LATE);
    Duration life = Duration.between(crl.thisUpdate(), crl.nextUpdate());
    Instant near = crl.nextUpdate().minus(life.dividedBy(4));
    boolean late = now.isAfter(due);
    // One that is refreshed only near its end is not late before.
    boolean ending = now.isAfter(near) && now.isAfter(due.minus(LATE));
    if (!late && !ending) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
            CRL + "/" + name(crl) + (now.isAfter(near) ? "/ending" : ""),
            CRL,
            now.isAfter(near) ? Severity.CRITICAL : Severity.WARNING,
            "the "
                + name(crl)
                + " CRL "
                + crl.number()
                + " of "
                + crl.thisUpdate()
                + " has no successor; it ends at "
                + crl.nextUpdate(),
            crl.nextUpdate()));
  }

  /** Validators that look where a certificate points find nothing that is in force. */
  private static List<Finding> lost(StatusFacts.Gathered facts, Instant now) {
    // Whoever is in a shard looks there, and nowhere else.
    Stream<Scope> whole = facts.issuers().stream().map(issuer -> new Scope(issuer, ""));
    Stream<Scope> parts = facts.shards().stream().map(Scope::of);
    return Stream.concat(whole, parts)
        .filter(scope -> facts.crls().stream().noneMatch(crl -> scope.isShownBy(crl, now)))
        .map(
            scope ->
                finding(
                    SCOPE + "/" + scope.text(),
                    SCOPE,
                    Severity.CRITICAL,
                    "certificates in force point to the CRL "
                        + scope.text()
                        + ", and none is in force",
                    now))
        .toList();
  }

  /** What certificates point to: the CRL of an issuer, or a shard of it. */
  private record Scope(IssuerName issuer, String part) {
    static Scope of(Shard shard) {
      return new Scope(shard.issuer(), String.valueOf(shard.number()));
    }

    String text() {
      return issuer + (part.isEmpty() ? "" : "/" + part);
    }

    boolean isShownBy(CrlFact crl, Instant now) {
      return crl.kind() == CrlFact.Kind.COMPLETE
          && crl.issuer().equals(issuer)
          && crl.scope().equals(part)
          && now.isBefore(crl.nextUpdate());
    }
  }

  private static Finding gone(Replica replica, Instant now) {
    return finding(
        REPLICA + "/" + replica.id() + "/gone",
        REPLICA,
        Severity.CRITICAL,
        "replica "
            + replica.name()
            + " has been silent for "
            + replica.silent().toSeconds()
            + " s and did not stop in order",
        now);
  }

  private static List<Finding> alive(Replica replica, Instant now) {
    List<Finding> found = new ArrayList<>();
    if (replica.behind().compareTo(SLOW) > 0) {
      found.add(
          finding(
              REPLICA + "/" + replica.id() + "/slow",
              REPLICA,
              Severity.CRITICAL,
              "replica "
                  + replica.name()
                  + " knows only what was so "
                  + replica.behind().toSeconds()
                  + " s ago",
              now));
    }
    for (Map.Entry<String, Instant> job : replica.jobs().entrySet()) {
      if (now.isAfter(job.getValue().plus(STUCK))) {
        found.add(stuck(replica, job.getKey(), job.getValue()));
      }
    }
    return found;
  }

  private static Finding stuck(Replica replica, String job, Instant due) {
    return finding(
        JOB + "/" + replica.id() + "/" + job,
        JOB,
        Severity.WARNING,
        "the job "
            + job
            + " of replica "
            + replica.name()
            + " should have run to its end since "
            + due,
        due);
  }

  private static Finding unseen(Replica.Missing missing) {
    return finding(
        UNSEEN + "/" + missing.id(),
        UNSEEN,
        Severity.CRITICAL,
        "replica "
            + missing.name()
            + " has not applied "
            + missing.changes()
            + " changes of status, the oldest of "
            + missing.oldest(),
        missing.oldest());
  }

  private static Finding flight(Flight flight) {
    return finding(
        CANARY + "/" + flight.address(),
        CANARY,
        Severity.WARNING,
        "the canary at " + flight.address() + ": " + flight.trouble(),
        flight.at());
  }

  private static String name(CrlFact crl) {
    return crl.issuer()
        + (crl.scope().isEmpty() ? "" : "/" + crl.scope())
        + switch (crl.kind()) {
          case COMPLETE -> "";
          case DELTA -> "/delta";
        };
  }

  private static Finding finding(
      String key, String kind, Severity severity, String text, Instant due) {
    return new Finding(key, kind, severity, OrganizationId.AUTHORITY, Optional.empty(), text, due);
  }
}
