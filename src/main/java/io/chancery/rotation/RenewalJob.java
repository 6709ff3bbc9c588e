package io.chancery.rotation;

import io.chancery.PkiException;
import io.chancery.ledger.Standing;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks for own certificates that are due. */
@Singleton
final class RenewalJob {
  private static final Logger LOG = Logger.getLogger(RenewalJob.class);

  private final ResponderRenewal responders;
  private final ServerCertificate server;
  private final Standing standing;

  @Inject
  RenewalJob(ResponderRenewal responders, ServerCertificate server, Standing standing) {
    this.responders = responders;
    this.server = server;
    this.standing = standing;
  }

  @Scheduled(
      identity = "renewal",
      every = "${chancery.renewal.every:60s}",
      delayed = "60s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void renew() {
    if (!standing.agreed()) {
      return;
    }
    try {
      responders.renewDue();
      server.renewDue();
    } catch (PkiException away) {
      LOG.warnf("an own certificate could not be renewed: %s", away.getMessage());
    }
  }
}
