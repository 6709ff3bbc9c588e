package io.chancery.issuance;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which of a key's signatures are verified before they leave: all of them, or samples where a wrong
 * one does no harm ({@code docs/adr/0007-which-signatures-are-checked.md}).
 */
final class Scrutiny {
  static final Scrutiny ALWAYS = new Scrutiny(1);

  private final int every;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger inDoubt = new AtomicInteger();

  private Scrutiny(int every) {
    this.every = every;
  }

  /** The first, and then one in so many. */
  static Scrutiny oneIn(int every) {
    return new Scrutiny(every);
  }

  boolean isDue() {
    if (inDoubt.get() > 0) {
      inDoubt.decrementAndGet();
      return true;
    }
    return Math.floorMod(next.getAndIncrement(), every) == 0;
  }

  /** The key failed, or signed what does not verify: each of the next ones is verified. */
  void doubt() {
    inDoubt.set(every);
  }
}
