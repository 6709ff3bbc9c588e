package io.chancery.access.rate;

import java.time.Duration;
import java.time.Instant;

/**
 * So many a minute, and so many at once. One bucket is full at first and fills again evenly.
 *
 * @param held how much is in it at {@code at}
 */
public record TokenBucket(double perSecond, double size, double held, Instant at) {
  public static TokenBucket full(int perMinute, double size, Instant now) {
    return new TokenBucket(perMinute / 60.0, size, size, now);
  }

  /** As it is now; a clock that went back fills nothing. */
  private double heldAt(Instant now) {
    double seconds = Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
    return Math.min(size, held + seconds * perSecond);
  }

  public boolean hasOne(Instant now) {
    return heldAt(now) >= 1;
  }

  public TokenBucket withoutOne(Instant now) {
    return new TokenBucket(perSecond, size, heldAt(now) - 1, now);
  }

  /** Whole ones that are in it. */
  public long left(Instant now) {
    return (long) Math.floor(heldAt(now));
  }

  /** How long until nothing is missing. */
  public Duration untilFull(Instant now) {
    return Duration.ofSeconds((long) Math.ceil((size - heldAt(now)) / perSecond));
  }

  /** How long until there is one; an hour where there never will be. */
  public Duration wait(Instant now) {
    return perSecond > 0
        ? Duration.ofSeconds((long) Math.ceil((1 - heldAt(now)) / perSecond))
        : Duration.ofHours(1);
  }
}
