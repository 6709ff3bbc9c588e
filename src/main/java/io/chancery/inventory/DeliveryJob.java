package io.chancery.inventory;

import io.chancery.PkiException;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Writes down what this replica has delivered. */
@Singleton
final class DeliveryJob {
  private static final Logger LOG = Logger.getLogger(DeliveryJob.class);

  private final Deliveries deliveries;

  @Inject
  DeliveryJob(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Scheduled(
      identity = "deliveries",
      every = "1s",
      executionMaxDelay = "700ms",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void writeDown() {
    try {
      deliveries.writeDown();
    } catch (PkiException away) {
      LOG.debugf("deliveries wait: %s", away.getMessage());
    }
  }
}
