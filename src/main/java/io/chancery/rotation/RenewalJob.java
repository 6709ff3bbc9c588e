package io.chancery.rotation;

import io.chancery.PkiException;
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

  @Inject
  RenewalJob(ResponderRenewal responders, ServerCertificate server) {
    this.responders = responders;
    this.server = server;
  }

  @Scheduled(
      identity = "renewal",
      every = "${chancery.renewal.every:60s}",
      delayed = "60s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void renew() {
    try {
      responders.renewDue();
      server.renewDue();
    } catch (PkiException away) {
      LOG.warnf("an own certificate could not be renewed: %s", away.getMessage());
    }
  }
}
