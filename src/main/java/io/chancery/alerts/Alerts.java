package io.chancery.alerts;

import io.chancery.Caller;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Each finding is announced once: in the table, on the roll, and in the log. */
@Singleton
public final class Alerts {
  private static final Logger LOG = Logger.getLogger("io.chancery.alert");
  private static final int MOST = 500;

  private final AlertRows rows;
  private final Ledger ledger;
  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  Alerts(AlertRows rows, Ledger ledger, Transactions transactions, InstantSource clock) {
    this.rows = rows;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Open alerts of organizations that the caller may read, newest first. */
  public List<Alert> openFor(Caller caller) {
    return transactions.call(
        () ->
            caller.readsAll()
                ? list("closedAt is null order by raisedAt desc, id")
                : list(
                    "closedAt is null and organization = ?1 order by raisedAt desc, id",
                    caller.organization().value()));
  }

  /** How many are open. */
  public long open(Severity severity) {
    return transactions.call(() -> rows.count("closedAt is null and severity = ?1", severity));
  }

  /** Announces what was not announced before. */
  void raise(List<Finding> findings) {
    round(() -> {}).raise(findings);
  }

  /** A round through all that may be found; {@code fence} is asked in each of its transactions. */
  Round round(Runnable fence) {
    return new Round(fence);
  }

  /** What one round writes. */
  final class Round {
    private final Runnable fence;

    private Round(Runnable fence) {
      this.fence = fence;
    }

    private void run(Runnable work) {
      transactions.run(
          () -> {
            fence.run();
            work.run();
          });
    }

    /** Announces what was not announced before. */
    void raise(List<Finding> findings) {
      for (Finding finding : findings) {
        run(() -> raiseOnce(finding));
      }
    }

    /** Announces what was not open before; what was closed and is found again is told again. */
    void raiseAnew(List<Finding> findings) {
      for (Finding finding : findings) {
        run(
            () -> {
              if (rows.count("finding = ?1 and closedAt is null", finding.key()) == 0) {
                rows.update(
                    "finding = concat(finding, '/', cast(id as string)) where finding = ?1",
                    finding.key());
                raiseOnce(finding);
              }
            });
      }
    }

    /** Closes what is no longer so: certificates that were renewed or revoked, or have ended. */
    void closeAllBut(Set<String> serials) {
      run(
          () ->
              rows.find("closedAt is null and serial is not null").stream()
                  .filter(row -> !serials.contains(row.serial))
                  .forEach(row -> row.closedAt = clock.instant()));
    }

    /** Closes what is no longer found of a kind that is looked at whole each time. */
    void closeAllBut(String kind, List<Finding> found) {
      Set<String> keys = found.stream().map(Finding::key).collect(Collectors.toSet());
      run(
          () ->
              rows.find("closedAt is null and kind = ?1", kind).stream()
                  .filter(row -> !keys.contains(row.finding))
                  .forEach(row -> row.closedAt = clock.instant()));
    }
  }

  /** Closes what begins like one of these and is found no more. */
  void closeAllBut(List<String> prefixes, List<Finding> found) {
    Set<String> keys = found.stream().map(Finding::key).collect(Collectors.toSet());
    for (String prefix : prefixes) {
      transactions.run(
          () ->
              rows.find("closedAt is null and finding like ?1", prefix + "%").stream()
                  .filter(row -> row.finding.startsWith(prefix) && !keys.contains(row.finding))
                  .forEach(row -> row.closedAt = clock.instant()));
    }
  }

  private void raiseOnce(Finding finding) {
    if (rows.count("finding", finding.key()) > 0) {
      return;
    }
    Instant now = clock.instant();
    // A nearer threshold takes the place of the farther one.
    finding
        .serial()
        .ifPresent(
            serial ->
                rows.update("closedAt = ?1 where serial = ?2 and closedAt is null", now, serial));
    rows.persist(AlertRow.of(finding, UUID.randomUUID(), now));
    ledger.append(
        Event.of(
            now,
            EventKind.ALERT_RAISED,
            new Caller.Authority("alerts"),
            finding.serial().orElse(""),
            "finding",
            finding.key(),
            "severity",
            finding.severity().name()));
    LOG.warnf(
        "%s: %s (organization %s)",
        finding.severity().name().toLowerCase(Locale.ROOT), finding.text(), finding.owner());
  }

  private List<Alert> list(String query, Object... values) {
    return rows.find(query, values).page(0, MOST).stream().map(AlertRow::alert).toList();
  }
}
