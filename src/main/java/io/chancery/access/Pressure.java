package io.chancery.access;

import java.time.Duration;

/**
 * Tells a crowd from an overload. A crowd ends: everybody in it can be served within the time that
 * a start may take, so everybody waits. An overload does not: what waits grows faster than it is
 * served, and whoever waited would wait in vain. Times are those of {@link System#nanoTime}. Not
 * safe for threads by itself.
 */
final class Pressure {
  /** Before so much is known, nothing is foretold. */
  private static final long WARM = Duration.ofSeconds(1).toNanos();

  private final int crowd;
  private final long crowdTime;
  private final long foretold;
  private final long overloadPatience;
  private boolean overloaded;
  private boolean occupied;
  private long occupiedSince;
  private long windowSince;
  private int servedInWindow;
  private double perSecond;

  Pressure(AdmissionConfig config) {
    this.crowd = config.crowd();
    this.crowdTime = config.crowdTime().toNanos();
    this.foretold = config.foretold().toNanos();
    this.overloadPatience = config.overloadPatience().toNanos();
  }

  /** Somebody came, and so many wait now. */
  void waits(int waiting, long now) {
    if (waiting == 0) {
      return;
    }
    if (!occupied) {
      occupied = true;
      occupiedSince = now;
      windowSince = now;
      servedInWindow = 0;
      perSecond = 0;
    }
    overloaded |= waiting > crowd && isInVain(waiting, now);
  }

  /** Somebody was served, and so many wait still. */
  void served(int waiting, long now) {
    servedInWindow++;
    if (now - windowSince >= WARM) {
      perSecond = servedInWindow * 1e9 / (now - windowSince);
      windowSince = now;
      servedInWindow = 0;
    }
    if (waiting == 0) {
      occupied = false;
      overloaded = false;
    }
  }

  boolean isOverloaded() {
    return overloaded;
  }

  /** How many can wait and be served in time while this is an overload; never nobody. */
  int room() {
    return (int) Math.max(1, perSecond * overloadPatience / 1e9);
  }

  boolean hasWaitedInVain(long since, long now) {
    return overloaded && now - since > overloadPatience;
  }

  private boolean isInVain(int waiting, long now) {
    boolean isKnown = perSecond > 0;
    double seconds = isKnown ? waiting / perSecond : 0;
    return seconds * 1e9 > foretold
        || isKnown && now - occupiedSince > crowdTime
        || !isKnown && now - occupiedSince > foretold;
  }
}
