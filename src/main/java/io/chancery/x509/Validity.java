package io.chancery.x509;

import io.chancery.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time a certificate is valid for, both ends included, in whole seconds (RFC 5280 s4.1.2.5).
 */
public record Validity(Instant notBefore, Instant notAfter) {
  /** RFC 5280 s4.1.2.5.1: the first time that a UTCTime can say; years from 50 on are 19yy. */
  private static final Instant FIRST = Instant.parse("1950-01-01T00:00:00Z");

  /** RFC 5280 s4.1.2.5: the last time a GeneralizedTime can say; "no well-defined expiration". */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  public Validity {
    notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
    notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
    if (notAfter.isBefore(notBefore) || notBefore.isBefore(FIRST) || notAfter.isAfter(LAST)) {
      throw new Failure.Malformed(
              "validity", "", notBefore + " to " + notAfter + " is no span", "RFC 5280 s4.1.2.5")
          .thrown();
    }
  }

  /** A span of exactly {@code length}, counting both its first and its last second. */
  public static Validity starting(Instant notBefore, Duration length) {
    return new Validity(notBefore, notBefore.plus(length).minusSeconds(1));
  }

  /** RFC 5280 s4.1.2.5: the period runs from notBefore through notAfter, inclusive. */
  public Duration length() {
    return Duration.between(notBefore, notAfter).plusSeconds(1);
  }

  public boolean holds(Instant at) {
    return !at.isBefore(notBefore) && !at.truncatedTo(ChronoUnit.SECONDS).isAfter(notAfter);
  }

  public boolean endedBefore(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).isAfter(notAfter);
  }

  /** This span, cut so that it ends no later than {@code end}. */
  public Validity endingNoLaterThan(Instant end) {
    return notAfter.isAfter(end) ? new Validity(notBefore, end) : this;
  }
}
