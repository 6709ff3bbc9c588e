package io.chancery.revocation;

import io.chancery.PkiException;
import io.chancery.ledger.Standing;
import io.chancery.visibility.StatusChanged;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks for CRLs that are due; also what brings other replicas' CRLs here. */
@Singleton
final class CrlJob {
  private static final Logger LOG = Logger.getLogger(CrlJob.class);

  /** After whoever answers from what it is told. */
  private static final int AFTER_ANSWERS = 500;

  private final CrlPublisher publisher;
  private final Crls published;
  private final Standing standing;

  @Inject
  CrlJob(CrlPublisher publisher, Crls published, Standing standing) {
    this.publisher = publisher;
    this.published = published;
    this.standing = standing;
  }

  /** A change was committed, on whatever replica: the first one to take the lease publishes. */
  void changed(@Observes @Priority(AFTER_ANSWERS) StatusChanged news) {
    if (standing.agreed()) {
      publisher.wake();
    }
  }

  @Scheduled(
      identity = "crl",
      every = "${chancery.crl.look:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    try {
      published.refresh();
      if (standing.agreed()) {
        publisher.wake();
      }
    } catch (PkiException away) {
      LOG.warnf("the book's CRLs cannot be read: %s", away.getMessage());
    }
  }
}
