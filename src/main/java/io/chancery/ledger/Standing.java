package io.chancery.ledger;

import io.chancery.Failure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Whether the roll can be relied on. While it is in doubt, no entry is taken that a signature would
 * follow: an issuer's key signs nothing. What is known already is still answered.
 */
@Singleton
public final class Standing {
  private static final Duration RETRY = Duration.ofSeconds(30);

  /** Why the roll is in doubt; the first that applies is told. */
  public enum Cause {
    /** The database and the copy outside it contradict each other, or the copy is lost. */
    LOST,
    /** The start has not compared the database with the copy yet. */
    NOT_COMPARED,
    /** The copy has not been written for longer than the operator allows. */
    BEHIND
  }

  /** What is wrong, and what an operator does about it. */
  public record Doubt(String what, String remedy) {}

  private final Map<Cause, Doubt> doubts = new ConcurrentSkipListMap<>();

  Standing() {
    doubts.put(
        Cause.NOT_COMPARED,
        new Doubt(
            "the ledger was not yet compared with its copy", "wait for the end of the start"));
  }

  public Optional<Doubt> doubt() {
    return doubts.values().stream().findFirst();
  }

  /** Whether database and copy agree, as far as this start has found. */
  public boolean agreed() {
    return !doubts.containsKey(Cause.LOST) && !doubts.containsKey(Cause.NOT_COMPARED);
  }

  /** Whether this is news. */
  boolean raise(Cause cause, Doubt doubt) {
    return !doubt.equals(doubts.put(cause, doubt));
  }

  void settle(Cause cause) {
    doubts.remove(cause);
  }

  /**
   * While the copy is only behind, no certificate more is promised, but CRLs go on: they tell what
   * the database holds, and an old one endangers everybody.
   */
  void mustAllow(EventKind kind) {
    doubt()
        .filter(doubt -> !agreed() || kind != EventKind.CRL_RESERVED)
        .ifPresent(
            doubt -> {
              throw new Failure.Unavailable("signing", doubt.what() + "; " + doubt.remedy(), RETRY)
                  .thrown();
            });
  }
}
