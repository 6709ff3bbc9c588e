package io.chancery.ocsp;

import io.chancery.PkiException;
import io.chancery.inventory.Leases;
import io.chancery.ledger.Standing;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Has one replica make answers ahead, a second's worth each second. */
@Singleton
final class OcspAheadJob {
  private static final Logger LOG = Logger.getLogger(OcspAheadJob.class);
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final OcspAhead ahead;
  private final Leases leases;
  private final Standing standing;

  @Inject
  OcspAheadJob(OcspAhead ahead, Leases leases, Standing standing) {
    this.ahead = ahead;
    this.leases = leases;
    this.standing = standing;
  }

  @Scheduled(
      identity = "ocsp-ahead",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void work() {
    // What is signed now is believed for a day: not while the roll is in doubt.
    if (!ahead.isWanted() || !standing.agreed()) {
      return;
    }
    try {
      leases.take("ocsp-ahead", LEASE).ifPresentOrElse(held -> ahead.work(), ahead::leaveToOthers);
    } catch (PkiException away) {
      LOG.debugf("answers are not made ahead: %s", away.getMessage());
    }
  }
}
