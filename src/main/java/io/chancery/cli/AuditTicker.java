package io.chancery.cli;

import io.chancery.audit.report.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far an audit is: on a terminal one line that changes, elsewhere a line every few
 * seconds.
 */
final class AuditTicker implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);

  private final Progress progress;
  private final PrintWriter err;
  private final boolean terminal;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private long ticks;

  private AuditTicker(Progress progress, PrintWriter err) {
    this.progress = progress;
    this.err = err;
    this.terminal = System.console() != null && System.console().isTerminal();
  }

  static AuditTicker start(Progress progress, PrintWriter err) {
    AuditTicker ticker = new AuditTicker(progress, err);
    long every = ticker.every().toMillis();
    ticker.timer.scheduleAtFixedRate(ticker::tick, every, every, TimeUnit.MILLISECONDS);
    return ticker;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    if (terminal && ticks > 0) {
      err.println();
    }
  }

  private Duration every() {
    return terminal ? ON_TERMINAL : ELSEWHERE;
  }

  private void tick() {
    ticks++;
    double seconds = ticks * every().toMillis() / 1000.0;
    String line =
        String.format(
            Locale.ROOT,
            "%6.1f s  copy %,d  database %,d  book %,d  of %,d entries  (%,.0f a second)",
            seconds,
            progress.ofCopy(),
            progress.ofDatabase(),
            progress.ofBook(),
            progress.expected(),
            Math.max(progress.ofDatabase(), progress.ofCopy()) / seconds);
    if (terminal) {
      err.print("\r" + line);
      err.flush();
    } else {
      err.println(line);
    }
  }
}
