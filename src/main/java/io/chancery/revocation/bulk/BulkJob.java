package io.chancery.revocation.bulk;

import io.chancery.PkiException;
import io.chancery.inventory.Leases;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.Standing;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Looks for approved lists whose next step is due; also what a replica that died has left. */
@Singleton
final class BulkJob {
  private static final Logger LOG = Logger.getLogger(BulkJob.class);
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final BulkRows rows;
  private final Step step;
  private final Leases leases;
  private final Transactions transactions;
  private final Standing standing;
  private final InstantSource clock;

  @Inject
  BulkJob(
      BulkRows rows,
      Step step,
      Leases leases,
      Transactions transactions,
      Standing standing,
      InstantSource clock) {
    this.rows = rows;
    this.step = step;
    this.leases = leases;
    this.transactions = transactions;
    this.standing = standing;
    this.clock = clock;
  }

  @Scheduled(
      identity = "bulk-revocation",
      every = "${chancery.bulk.look:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    if (standing.agreed()) {
      try {
        leases.during("bulk-revocation", LEASE, held -> work());
      } catch (PkiException away) {
        LOG.debugf("lists of bulk revocations wait: %s", away.getMessage());
      }
    }
  }

  private void work() {
    for (UUID id : transactions.call(() -> rows.due(clock.instant()))) {
      try {
        transactions.run(() -> step.due(id));
      } catch (PkiException refused) {
        // It stays, and people see that it is late: to go on is for them to decide.
        LOG.warnf("bulk revocation %s does not go on: %s", id, refused.getMessage());
        transactions.run(() -> rows.stuck(id, refused.failure().detail()));
      } catch (RuntimeException bug) {
        LOG.errorf(bug, "bulk revocation %s does not go on", id); // the others do
      }
    }
  }
}
