package io.chancery.warrant;

import io.chancery.Failure;
import io.chancery.Quoted;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether this process may sign certificates. It holds what the database said last, so that it can
 * be asked right before the token is; status (CRLs, OCSP) and the roll go on whatever it says.
 */
@Singleton
public final class SigningSwitch {
  private static final Duration RETRY = Duration.ofSeconds(60);

  private volatile Optional<Halt> halt = Optional.empty();

  /** Signing has stopped: who stopped it, when and why. */
  public record Halt(String by, Instant at, String reason) {
    /** What callers are told. */
    public Failure.Unavailable failure() {
      return new Failure.Unavailable(
          "signing", "it was halted at " + at + ": " + Quoted.of(reason), RETRY);
    }
  }

  /** What the database says now. */
  public void set(Optional<Halt> now) {
    halt = now;
  }

  public Optional<Halt> halt() {
    return halt;
  }

  /** {@code Unavailable} while signing is halted. */
  public void mustBeOn() {
    halt.ifPresent(
        one -> {
          throw one.failure().thrown();
        });
  }
}
