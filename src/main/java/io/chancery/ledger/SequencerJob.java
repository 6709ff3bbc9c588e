package io.chancery.ledger;

import io.chancery.PkiException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Drives the sequencer, and on every replica looks how far the copy is behind. */
@Singleton
final class SequencerJob {
  private static final Logger LOG = Logger.getLogger(SequencerJob.class);
  private static final int BEFORE_LEASES_ARE_GIVEN_BACK = 50;

  private final Sequencer sequencer;
  private final Lag lag;
  private volatile boolean stopping;

  @Inject
  SequencerJob(Sequencer sequencer, Lag lag) {
    this.sequencer = sequencer;
    this.lag = lag;
  }

  @Scheduled(
      identity = "ledger",
      every = "${chancery.ledger.every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void run() {
    try {
      sequencer.advance();
      lag.wentWell();
    } catch (PkiException away) {
      if (lag.failed(away.failure()) && !stopping) {
        LOG.errorf("the ledger could not be published: %s", away.getMessage());
      }
    }
    try {
      lag.look();
    } catch (PkiException away) {
      LOG.debugf("the ledger's lag is not known: %s", away.getMessage());
    }
  }

  /** The copy has everything when an orderly stop ends. */
  void last(@Observes @Priority(BEFORE_LEASES_ARE_GIVEN_BACK) ShutdownEvent event) {
    stopping = true;
    try {
      sequencer.advance();
    } catch (PkiException away) {
      LOG.warnf("the copy of the ledger lacks the last entries: %s", away.getMessage());
    }
  }
}
