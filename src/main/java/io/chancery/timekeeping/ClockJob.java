package io.chancery.timekeeping;

import io.chancery.PkiException;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks at the clocks, on every replica: each has its own. */
@Singleton
final class ClockJob {
  private static final Logger LOG = Logger.getLogger(ClockJob.class);

  private final ClockWatch watch;

  @Inject
  ClockJob(ClockWatch watch) {
    this.watch = watch;
  }

  @Scheduled(
      identity = "clock",
      every = "${chancery.clock.look:2s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    try {
      watch.look();
    } catch (PkiException away) {
      LOG.debugf("what the clocks said is told later: %s", away.getMessage());
    }
  }
}
