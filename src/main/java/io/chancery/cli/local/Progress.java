package io.chancery.cli.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Prints each step with the time since the start, one plain line each. */
public final class Progress implements Consumer<String> {
  private final PrintWriter out;
  private final InstantSource clock;
  private final java.time.Instant start;

  public Progress(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.instant();
  }

  @Override
  public synchronized void accept(String step) {
    out.printf("%5.1f s  %s%n", Duration.between(start, clock.instant()).toMillis() / 1000.0, step);
    out.flush();
  }
}
