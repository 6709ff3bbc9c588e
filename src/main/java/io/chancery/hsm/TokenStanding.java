package io.chancery.hsm;

import io.chancery.hsm.crew.Breaker;
import java.time.Instant;
import java.util.Optional;

/**
 * How a token stands, known without asking it.
 *
 * @param breaker whether callers are let through
 * @param trouble what is wrong, in words; a token in trouble may still work for other keys
 * @param since when it went away; empty while callers are let through
 * @param hung calls that were given up and have not come back
 * @param worn so many of them that no more threads are spent on it
 */
public record TokenStanding(
    String name,
    Breaker.State breaker,
    Optional<String> trouble,
    Optional<Instant> since,
    int hung,
    boolean worn) {
  /** Whether callers are let through. */
  public boolean works() {
    return breaker == Breaker.State.CLOSED;
  }
}
