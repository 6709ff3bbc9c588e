package io.chancery.alerts;

import io.chancery.OrganizationId;
import io.chancery.enrolment.Pause;
import io.chancery.ledger.Lag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From facts to findings; a pure function. A certificate of 90 days or more is announced 30, 14, 7,
 * 3 and 1 days before its end; a shorter one at the same parts of its lifetime, out of 90.
 */
final class Watch {
  private static final Duration REFERENCE = Duration.ofDays(90);

  /** Days before the end, of 90; the last two are outages in the making. */
  private static final List<Integer> THRESHOLDS = List.of(1, 3, 7, 14, 30);

  /** The kind of the findings about clients that the brake has stopped. */
  static final String PAUSED = "client-paused";

  /** The kind of the findings about the roll itself. */
  static final String LEDGER = "ledger";

  private Watch() {}

  static List<Finding> assess(List<Expiring> facts, Instant now) {
    return facts.stream().map(fact -> assess(fact, now)).flatMap(Optional::stream).toList();
  }

  /** The nearest threshold that was crossed; what is missed is not announced late. */
  static Optional<Finding> assess(Expiring fact, Instant now) {
    if (fact.validity().endedBefore(now)) {
      return Optional.of(finding(fact, 0));
    }
    Duration left = Duration.between(now, fact.validity().notAfter());
    return THRESHOLDS.stream()
        .filter(days -> left.compareTo(before(fact, days)) <= 0)
        .findFirst()
        .map(days -> finding(fact, days));
  }

  /** Whoever is paused gets no certificates: an outage in the making, whatever made it ask. */
  static Finding assess(Pause pause) {
    return new Finding(
        PAUSED + "/" + pause.id(),
        PAUSED,
        Severity.CRITICAL,
        pause.organization(),
        Optional.empty(),
        pause.text()
            + " is paused since "
            + pause.since()
            + ": it asked "
            + pause.asked()
            + " times; an operator lifts it",
        pause.since());
  }

  /** While it is so, a loss of the database may lose deeds, or nothing is signed at all. */
  static Finding assess(Lag.Alarm alarm) {
    return new Finding(
        LEDGER + "/" + alarm.since(),
        LEDGER,
        Severity.CRITICAL,
        OrganizationId.AUTHORITY,
        Optional.empty(),
        alarm.what(),
        alarm.since());
  }

  /** How long before the end the threshold of {@code days} lies. */
  private static Duration before(Expiring fact, int days) {
    Duration lifetime = fact.validity().length();
    return lifetime.compareTo(REFERENCE) >= 0
        ? Duration.ofDays(days)
        : lifetime.multipliedBy(days).dividedBy(REFERENCE.toDays());
  }

  private static Finding finding(Expiring fact, int days) {
    return new Finding(
        "expiry/" + fact.kind().name().toLowerCase(Locale.ROOT) + "/" + fact.name() + "/" + days,
        days == 0 ? "expired" : "expiring",
        severity(fact, days),
        fact.owner(),
        fact.kind() == Expiring.Kind.ISSUER ? Optional.empty() : Optional.of(fact.name()),
        fact.kind().text()
            + " "
            + fact.title()
            + (days == 0 ? " ended at " : " ends at ")
            + fact.validity().notAfter(),
        fact.validity().notAfter());
  }

  private static Severity severity(Expiring fact, int days) {
    if (days <= 3) {
      return Severity.CRITICAL;
    }
    // Nobody but an operator can renew what the authority itself lives on.
    boolean own = fact.kind() != Expiring.Kind.CERTIFICATE;
    return days <= 14 || own ? Severity.WARNING : Severity.INFO;
  }
}
