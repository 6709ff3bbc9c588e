package io.chancery.cli.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks again and again until something is there, for a bounded time, and says that it waits. */
final class Patience {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration REPORT = Duration.ofSeconds(5);

  private final Transcript transcript;

  Patience(Transcript transcript) {
    this.transcript = transcript;
  }

  <T> T until(String what, Duration limit, Supplier<Optional<T>> look) {
    long start = System.nanoTime();
    Duration report = REPORT;
    while (true) {
      Optional<T> found = look.get();
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (found.isPresent()) {
        return found.get();
      }
      if (waited.compareTo(limit) > 0) {
        throw Trouble.of(
            "waited " + limit.toSeconds() + " s in vain until " + what,
            "see log/chancery.log of the data directory");
      }
      if (waited.compareTo(report) > 0) {
        transcript.note("... waiting until " + what + " (" + waited.toSeconds() + " s)");
        report = report.plus(REPORT);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Trouble.of("interrupted", "run the demo again");
    }
  }
}
