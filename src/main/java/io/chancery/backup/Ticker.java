package io.chancery.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Says how far long work is, every few seconds. */
final class Ticker {
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** The clock is looked at once in so many calls. */
  private static final int STRIDE = 1000;

  private final Consumer<String> progress;
  private final InstantSource clock;
  private Instant said;
  private int calls;

  Ticker(Consumer<String> progress, InstantSource clock) {
    this.progress = progress;
    this.clock = clock;
    this.said = clock.instant();
  }

  void tick(Supplier<String> how) {
    if (++calls < STRIDE) {
      return;
    }
    calls = 0;
    Instant now = clock.instant();
    if (Duration.between(said, now).compareTo(EVERY) >= 0) {
      said = now;
      progress.accept(how.get());
    }
  }
}
