package io.chancery.revocation;

import io.chancery.PkiException;
import io.chancery.ledger.Standing;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks for a CRL that is due; also what makes other replicas' CRLs known here. */
@Singleton
final class CrlJob {
  private static final Logger LOG = Logger.getLogger(CrlJob.class);

  private final CrlPublisher publisher;
  private final Standing standing;

  @Inject
  CrlJob(CrlPublisher publisher, Standing standing) {
    this.publisher = publisher;
    this.standing = standing;
  }

  @Scheduled(
      identity = "crl",
      every = "${chancery.crl.look:2s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void publish() {
    if (!standing.agreed()) {
      return;
    }
    try {
      publisher.publishDue();
    } catch (PkiException away) {
      LOG.warnf("no CRL could be published: %s", away.getMessage());
    }
  }
}
