package io.chancery;

import java.time.Instant;
import java.time.InstantSource;

/** Since when a part of the service is as it is now: well, or in trouble and why. */
public final class Since {
  private final InstantSource clock;
  private State state;

  /** Well, from now on. */
  public Since(InstantSource clock) {
    this.clock = clock;
    this.state = new State("", clock.instant());
  }

  /**
   * What a part is like.
   *
   * @param trouble empty while it is well
   * @param since when it turned from well to not well, or back
   */
  public record State(String trouble, Instant since) {
    public boolean isWell() {
      return trouble.isEmpty();
    }

    /** For health pages, which have a word for everything. */
    public String words() {
      return isWell() ? "none" : trouble;
    }
  }

  /** It is well. */
  public State well() {
    return now("");
  }

  /** It is in this trouble; another trouble than before is still the same bad time. */
  public State trouble(String what) {
    return now(what);
  }

  /** As it was seen last. */
  public synchronized State last() {
    return state;
  }

  private synchronized State now(String trouble) {
    boolean turned = state.isWell() != trouble.isEmpty();
    state = new State(trouble, turned ? clock.instant() : state.since());
    return state;
  }
}
