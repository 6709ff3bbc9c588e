package io.chancery.cli.bench;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The most memory that a process has in RAM while this is open. */
final class Peak implements AutoCloseable {
  private static final long STEP_MILLIS = 100;
  private static final double MB = 1024.0 * 1024;

  private final AtomicLong octets = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  Peak(long pid) {
    Thread.ofPlatform()
        .daemon()
        .name("memory")
        .start(
            () -> {
              while (!closed.get()) {
                octets.accumulateAndGet(ProcessUse.residentOctets(pid), Math::max);
                Patience.pause(STEP_MILLIS);
              }
            });
  }

  double megabytes() {
    return octets.get() / MB;
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
