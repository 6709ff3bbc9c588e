package io.chancery.access.rate;

import io.chancery.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * Where somebody stands in what they may ask.
 *
 * @param perMinute what they may ask in a minute, and at once
 * @param remaining how many are left now
 * @param reset until nothing of it is taken any more
 * @param until present where nothing was left: until there is one
 */
public record Rate(
    Kind kind, int perMinute, long remaining, Duration reset, Optional<Duration> until) {
  /** Who is counted. */
  public enum Kind {
    ADDRESS("address"),
    CALLER("caller"),
    ORGANIZATION("organization");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As headers and entries name it. */
    public String text() {
      return text;
    }
  }

  /** {@code TooManyRequests} where nothing was left. */
  public void mustHold() {
    until.ifPresent(
        wait -> {
          throw new Failure.TooManyRequests(
                  "this " + kind.text() + " asks too often",
                  perMinute + " a minute",
                  wait,
                  "ask more slowly; RateLimit says how much is left")
              .thrown();
        });
  }
}
