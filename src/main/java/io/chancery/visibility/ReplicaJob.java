package io.chancery.visibility;

import io.chancery.PkiException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.SuccessfulExecution;
import io.quarkus.scheduler.Trigger;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets the others know that this replica lives, and how its timers do. */
@Singleton
final class ReplicaJob {
  private static final Logger LOG = Logger.getLogger(ReplicaJob.class);

  private final Replicas replicas;
  private final JobRuns runs;
  private final Scheduler timers;

  @Inject
  ReplicaJob(Replicas replicas, JobRuns runs, Scheduler timers) {
    this.replicas = replicas;
    this.runs = runs;
    this.timers = timers;
  }

  @Scheduled(
      identity = "beat",
      every = "${chancery.replica.beat:1s}",
      executionMaxDelay = "300ms",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void beat() {
    timers
        .getScheduledJobs()
        .forEach(timer -> next(timer).ifPresent(at -> runs.expected(timer.getId(), at)));
    try {
      replicas.beat();
    } catch (PkiException away) {
      LOG.debugf("nobody hears this replica: %s", away.getMessage());
    }
  }

  @Scheduled(
      identity = "replicas",
      every = "${chancery.replica.tidy:60s}",
      delayed = "30s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tidy() {
    try {
      replicas.tidy();
    } catch (PkiException away) {
      LOG.debugf("replicas are tidied later: %s", away.getMessage());
    }
  }

  /** Every timer of this process that has come to its end; one that hangs never does. */
  void ran(@Observes SuccessfulExecution run) {
    Trigger timer = run.getExecution().getTrigger();
    next(timer).ifPresent(at -> runs.done(timer.getId(), at));
  }

  private static Optional<Instant> next(Trigger timer) {
    return Optional.ofNullable(timer.getNextFireTime());
  }
}
