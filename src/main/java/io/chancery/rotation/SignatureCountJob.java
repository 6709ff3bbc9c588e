package io.chancery.rotation;

import io.chancery.PkiException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Counts signatures, on every replica: each tells its own. */
@Singleton
final class SignatureCountJob {
  private static final Logger LOG = Logger.getLogger(SignatureCountJob.class);
  private static final int BEFORE_THE_LEDGER_IS_COPIED = 40;

  private final SignatureCounts counts;

  @Inject
  SignatureCountJob(SignatureCounts counts) {
    this.counts = counts;
  }

  @Scheduled(
      identity = "signatures",
      every = "${chancery.ledger.count-every:60s}",
      delayed = "10s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void count() {
    tell();
  }

  void last(@Observes @Priority(BEFORE_THE_LEDGER_IS_COPIED) ShutdownEvent event) {
    tell();
  }

  private void tell() {
    try {
      counts.tell();
    } catch (PkiException away) {
      LOG.debugf("signatures are counted later: %s", away.getMessage());
    }
  }
}
