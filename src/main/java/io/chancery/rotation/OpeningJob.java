package io.chancery.rotation;

import io.chancery.PkiException;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Goes on with a start that had to wait because the roll was in doubt. */
@Singleton
final class OpeningJob {
  private static final Logger LOG = Logger.getLogger(OpeningJob.class);

  private final Opening opening;

  @Inject
  OpeningJob(Opening opening) {
    this.opening = opening;
  }

  @Scheduled(
      identity = "opening",
      every = "${chancery.ledger.look-again:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    try {
      opening.lookAgain();
    } catch (PkiException away) {
      LOG.debugf("the start cannot go on yet: %s", away.getMessage());
    }
  }
}
