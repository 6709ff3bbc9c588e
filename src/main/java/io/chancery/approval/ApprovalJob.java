package io.chancery.approval;

import io.chancery.PkiException;
import io.chancery.inventory.Leases;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Carries out what a crash has left approved, and ends what waits for too long. */
@Singleton
final class ApprovalJob {
  private static final Logger LOG = Logger.getLogger(ApprovalJob.class);

  private final Carrying carrying;
  private final Leases leases;

  @Inject
  ApprovalJob(Carrying carrying, Leases leases) {
    this.carrying = carrying;
    this.leases = leases;
  }

  @Scheduled(
      identity = "approvals",
      every = "${chancery.approvals.every:5s}",
      delayed = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void goOn() {
    try {
      leases.during("approvals", Duration.ofSeconds(15), held -> carrying.goOn());
    } catch (PkiException away) {
      LOG.debugf("approved proposals wait: %s", away.getMessage());
    }
  }
}
