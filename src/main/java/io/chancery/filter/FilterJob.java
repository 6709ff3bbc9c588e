package io.chancery.filter;

import io.chancery.PkiException;
import io.chancery.ledger.Standing;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks for a filter that is due; also what makes other replicas' filters known here. */
@Singleton
final class FilterJob {
  private static final Logger LOG = Logger.getLogger(FilterJob.class);

  private final FilterPublisher publisher;
  private final Standing standing;

  @Inject
  FilterJob(FilterPublisher publisher, Standing standing) {
    this.publisher = publisher;
    this.standing = standing;
  }

  @Scheduled(
      identity = "filter",
      every = "${chancery.filter.look:10s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void publish() {
    if (!standing.agreed()) {
      return;
    }
    try {
      publisher.publishDue();
    } catch (PkiException away) {
      LOG.warnf("no filter could be made: %s", away.getMessage());
    }
  }
}
