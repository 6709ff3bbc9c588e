package io.chancery.canary;

import io.chancery.PkiException;
import io.chancery.inventory.Leases;
import io.chancery.ledger.Standing;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Lets the canary fly, one replica at a time, and only where there is a door to fly through. */
@Singleton
final class CanaryJob {
  private static final Logger LOG = Logger.getLogger(CanaryJob.class);
  private static final int FIRST = 1;

  private final Canary canary;
  private final Leases leases;
  private final Standing standing;
  private final boolean serves;

  @Inject
  CanaryJob(
      Canary canary,
      Leases leases,
      Standing standing,
      @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean serves) {
    this.canary = canary;
    this.leases = leases;
    this.standing = standing;
    this.serves = serves;
  }

  @Scheduled(
      identity = "canary",
      every = "${chancery.canary.every:60s}",
      delayed = "15s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void fly() {
    try {
      if (serves
          && standing.agreed()
          && leases.take("canary", Duration.ofSeconds(90)).isPresent()) {
        canary.fly();
      }
    } catch (PkiException away) {
      LOG.debugf("the canary stays at home: %s", away.getMessage());
    }
  }

  void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
    canary.stop();
  }
}
