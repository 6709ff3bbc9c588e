package io.chancery.parts;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Looks at every part, on every replica, whether anybody asks or not. */
@Singleton
final class PartsJob {
  private final Parts parts;

  @Inject
  PartsJob(Parts parts) {
    this.parts = parts;
  }

  @Scheduled(
      identity = "parts",
      every = "${chancery.parts.look:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    parts.look();
  }
}
