package io.chancery.inventory.together;

import java.time.Duration;
import java.util.Arrays;

/**
 * How close deeds come upon each other, and how long a group is worth waiting for. What a
 * transaction costs besides its rows is the same for one deed as for eight: where some hundred come
 * in a second, a few milliseconds of rest between two groups spare a quarter of the database's
 * work. Where fewer come nobody waits, for a client that sends one request after the other would
 * only be slowed down (docs/adr/0021). Times are nanoseconds of {@link System#nanoTime}; its owner
 * locks.
 */
final class Pace {
  private static final Duration REST = Duration.ofMillis(6);

  /** A group of so many is worth no wait. */
  private static final int ENOUGH = 8;

  /** Deeds are close where so many came within that time: two for each of some 330 a second. */
  private static final int SEEN = 32;

  private static final Duration CLOSE = Duration.ofMillis(48);

  private final long rest;
  private final long close;
  private final long[] came = new long[SEEN];
  private int next;

  /**
   * @param rest between two groups
   * @param close within which as many come as make it worth while
   */
  Pace(Duration rest, Duration close, long now) {
    this.rest = rest.toNanos();
    this.close = close.toNanos();
    Arrays.fill(came, now - this.close);
  }

  /** Of groups that share a commit. */
  static Pace ofCommits(long now) {
    return new Pace(REST, CLOSE, now);
  }

  /** Of groups that never wait. */
  static Pace never(long now) {
    return new Pace(Duration.ZERO, CLOSE, now);
  }

  void came(long now) {
    came[next] = now;
    next = (next + 1) % SEEN;
  }

  boolean isEnough(int group) {
    return group >= ENOUGH;
  }

  /** How long a group that is not enough should wait for others; nothing where it is 0 or less. */
  long left(long lastSetOut, long now) {
    long oldest = came[next];
    return now - oldest < close ? lastSetOut + rest - now : 0;
  }
}
