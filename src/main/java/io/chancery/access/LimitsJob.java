package io.chancery.access;

import io.chancery.PkiException;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Every replica learns what operators told another one, and writes down what it has counted. */
@Singleton
final class LimitsJob {
  private static final Logger LOG = Logger.getLogger(LimitsJob.class);

  private final Limits limits;
  private final FailedLogins logins;
  private final TurnedAway turnedAway;

  @Inject
  LimitsJob(Limits limits, FailedLogins logins, TurnedAway turnedAway) {
    this.limits = limits;
    this.logins = logins;
    this.turnedAway = turnedAway;
  }

  @Scheduled(
      identity = "limits",
      every = "3s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void refresh() {
    try {
      limits.refresh();
      logins.recordRest();
      turnedAway.recordRest();
    } catch (PkiException away) {
      LOG.debugf("limits stay as they are: %s", away.getMessage());
    }
  }
}
