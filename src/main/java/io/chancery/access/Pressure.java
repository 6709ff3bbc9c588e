package io.chancery.access;

import java.time.Duration;

/**
 * Tells a crowd from an overload. A crowd ends: everybody in it can be served within the time that
 * a start may take, so everybody waits, and each comes once. An overload does not: who was served
 * comes again, or more come than are served, and whoever waited would wait in vain. Times are those
 * of {@link System#nanoTime}. Not safe for threads by itself.
 */
final class Pressure {
  /** The rate is that of so long; before, nothing is foretold. */
  private static final long WINDOW = Duration.ofMillis(750).toNanos();

  private final int crowd;
  private final long crowdTime;
  private final long foretold;
  private final long standing;
  private final long overloadPatience;
  private boolean overloaded;
  private boolean occupied;
  private long occupiedSince;
  private long windowSince;
  private boolean windowBeganCrowded;
  private int cameAgainInWindow;
  private int servedInWindow;
  private double perSecond;

  Pressure(AdmissionConfig config) {
    this.crowd = config.crowd();
    this.crowdTime = config.crowdTime().toNanos();
    this.foretold = config.foretold().toNanos();
    this.standing = config.standing().toNanos();
    this.overloadPatience = config.overloadPatience().toNanos();
  }

  /**
   * Somebody came, and so many wait now.
   *
   * @param again whether the same one has come before: nobody starts twice
   */
  void waits(int waiting, boolean again, long now) {
    if (waiting == 0) {
      return;
    }
    if (!occupied) {
      occupied = true;
      occupiedSince = now;
      perSecond = 0;
      openWindow(0, now);
    }
    cameAgainInWindow += again ? 1 : 0;
    overloaded |= waiting > crowd && isInVain(waiting, now);
  }

  /** Somebody was served, and so many wait still. */
  void served(int waiting, long now) {
    servedInWindow++;
    if (now - windowSince >= WINDOW) {
      perSecond = servedInWindow * 1e9 / (now - windowSince);
      overloaded |= windowBeganCrowded && standsStill(waiting);
      openWindow(waiting, now);
    }
    if (waiting == 0) {
      occupied = false;
      overloaded = false;
    }
  }

  private void openWindow(int waiting, long now) {
    windowSince = now;
    windowBeganCrowded = waiting > crowd;
    cameAgainInWindow = 0;
    servedInWindow = 0;
  }

  /** Many wait for long, and for each two that were served one has come again. */
  private boolean standsStill(int waiting) {
    return waiting > crowd
        && waiting / perSecond * 1e9 > standing
        && cameAgainInWindow * 2 >= servedInWindow;
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
        || (isKnown && now - occupiedSince > crowdTime)
        || (!isKnown && now - occupiedSince > foretold);
  }
}
