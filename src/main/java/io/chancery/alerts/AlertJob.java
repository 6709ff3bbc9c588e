package io.chancery.alerts;

import io.chancery.PkiException;
import io.chancery.inventory.Lease;
import io.chancery.inventory.Leases;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Gathers, judges, announces; one replica at a time. Every replica keeps its gauges. */
@Singleton
final class AlertJob {
  private static final Logger LOG = Logger.getLogger(AlertJob.class);

  /** So many times as long as reading them took, nobody asks for what ends soon. */
  private static final int REST = 30;

  private final Facts facts;
  private final StatusFacts status;
  private final ApprovalWatch approvals;
  private final TokenWatch tokens;
  private final MachineWatch machine;
  private final Alerts alerts;
  private final Leases leases;
  private final InstantSource clock;
  private final Map<Severity, Long> open = new ConcurrentHashMap<>();
  private volatile long restUntil = System.nanoTime();

  @Inject
  AlertJob(
      Facts facts,
      StatusFacts status,
      ApprovalWatch approvals,
      TokenWatch tokens,
      MachineWatch machine,
      Alerts alerts,
      Leases leases,
      InstantSource clock,
      MeterRegistry meters) {
    this.facts = facts;
    this.status = status;
    this.approvals = approvals;
    this.tokens = tokens;
    this.machine = machine;
    this.alerts = alerts;
    this.leases = leases;
    this.clock = clock;
    for (Severity severity : Severity.values()) {
      Gauge.builder("chancery.alerts.open", open, map -> map.getOrDefault(severity, 0L))
          .tag("severity", severity.name().toLowerCase(Locale.ROOT))
          .description("alerts that nobody has answered yet")
          .register(meters);
    }
  }

  /** Each write is fenced: who was frozen with old facts closes and raises nothing. */
  private void announce(Lease lease) {
    Alerts.Round alerts = this.alerts.round(() -> leases.mustStillHold(lease));
    Instant now = clock.instant();
    if (System.nanoTime() - restUntil >= 0) {
      announceEnds(alerts, now);
    }
    List<Finding> paused = facts.paused().stream().map(Watch::assess).toList();
    alerts.raise(paused);
    alerts.closeAllBut(Watch.PAUSED, paused);
    List<Finding> ledger = facts.ledger().map(Watch::assess).stream().toList();
    alerts.raise(ledger);
    alerts.closeAllBut(Watch.LEDGER, ledger);
    List<Finding> alone = approvals.find();
    alerts.raise(alone);
    ApprovalWatch.KINDS.forEach(kind -> alerts.closeAllBut(kind, ofKind(kind, alone)));
    List<Finding> found = StatusWatch.assess(status.gather(), now);
    alerts.raiseAnew(found);
    StatusWatch.KINDS.forEach(kind -> alerts.closeAllBut(kind, ofKind(kind, found)));
  }

  /** What ends soon may be many; reading it takes no more than a small part of the time. */
  private void announceEnds(Alerts.Round alerts, Instant now) {
    long begun = System.nanoTime();
    List<Expiring> gathered = facts.gather(now);
    alerts.raise(Watch.assess(gathered, now));
    alerts.closeAllBut(gathered.stream().map(Expiring::name).collect(Collectors.toSet()));
    long ended = System.nanoTime();
    restUntil = ended + REST * (ended - begun);
  }

  private static List<Finding> ofKind(String kind, List<Finding> found) {
    return found.stream().filter(finding -> finding.kind().equals(kind)).toList();
  }

  @Scheduled(
      identity = "alerts",
      every = "${chancery.alerts.every:10s}",
      executionMaxDelay = "900ms",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    try {
      // Each replica has a clock, disks and sessions of its own, and tells of them itself.
      MachineWatch.Found own = machine.find();
      alerts.raise(own.findings());
      alerts.closeAllBut(own.prefixes(), own.findings());
      List<Finding> hsm = tokens.find(clock.instant());
      alerts.round(() -> {}).raiseAnew(hsm);
      alerts.closeAllBut(List.of(tokens.prefix()), hsm);
      leases.during("alerts", Duration.ofSeconds(15), this::announce);
      for (Severity severity : Severity.values()) {
        open.put(severity, alerts.open(severity));
      }
    } catch (PkiException away) {
      LOG.debugf("the watch waits: %s", away.getMessage());
    }
  }
}
