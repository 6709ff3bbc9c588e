package io.chancery.disks;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tries the disks, on every replica. */
@Singleton
final class DiskJob {
  private final DiskWatch watch;

  @Inject
  DiskJob(DiskWatch watch) {
    this.watch = watch;
  }

  @Scheduled(
      identity = "disks",
      every = "${chancery.disk.look:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    watch.look();
  }
}
