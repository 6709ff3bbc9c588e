package io.chancery.cli.bench;

import java.time.Duration;

/** How hard to ask: with how many connections, how long, and at which pace. */
record Load(int connections, Duration length, int perSecond) {
  /** No pace: each connection asks again as soon as it was answered. */
  private static final int AS_FAST_AS_ANSWERED = 0;

  private static final int MOST_CONNECTIONS = 1024;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  Load {
    if (connections < 1 || connections > MOST_CONNECTIONS || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(connections + " connections for " + length);
    }
  }

  static Load full(int connections, Duration length) {
    return new Load(connections, length, AS_FAST_AS_ANSWERED);
  }

  /** So many a second, whatever the answers take. */
  static Load paced(int connections, Duration length, int perSecond) {
    return new Load(connections, length, perSecond);
  }

  boolean isPaced() {
    return perSecond > AS_FAST_AS_ANSWERED;
  }

  /** What came of it; times count from when a request was due, not from when it could be sent. */
  record Outcome(
      long answered, long failed, double seconds, double generatorCpuSeconds, Histogram times) {
    double perSecond() {
      return answered / seconds;
    }
  }
}
