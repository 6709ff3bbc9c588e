package io.chancery.x509;

import io.chancery.Failure;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.Time;

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

  /** As a certificate says it. */
  public static Validity of(Time notBefore, Time notAfter) {
    return new Validity(instant(notBefore.toASN1Primitive()), instant(notAfter.toASN1Primitive()));
  }

  /** RFC 5280 s4.1.2.5: a UTCTime or a GeneralizedTime; {@code IllegalArgumentException} if not. */
  public static Instant instant(ASN1Primitive time) {
    return switch (time) {
      case ASN1UTCTime utc -> moment(utc.toString(), 2).orElseGet(() -> lenient(time));
      case ASN1GeneralizedTime late ->
          moment(late.getTimeString(), 4).orElseGet(() -> lenient(time));
      default -> throw new IllegalArgumentException("neither UTCTime nor GeneralizedTime");
    };
  }

  /** The only form that RFC 5280 allows, in Zulu and to the second; empty for any other. */
  private static Optional<Instant> moment(String text, int yearDigits) {
    int length = yearDigits + 11;
    if (text.length() != length || text.charAt(length - 1) != 'Z') {
      return Optional.empty();
    }
    for (int i = 0; i < length - 1; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    int year = number(text, 0, yearDigits);
    // RFC 5280 s4.1.2.5.1
    int full = yearDigits == 4 ? year : year < 50 ? 2000 + year : 1900 + year;
    int at = yearDigits;
    try {
      return Optional.of(
          LocalDateTime.of(
                  full,
                  number(text, at, 2),
                  number(text, at + 2, 2),
                  number(text, at + 4, 2),
                  number(text, at + 6, 2),
                  number(text, at + 8, 2))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static int number(String text, int from, int digits) {
    return Integer.parseInt(text, from, from + digits, 10);
  }

  private static Instant lenient(ASN1Primitive time) {
    try {
      return time instanceof ASN1UTCTime utc
          ? utc.getAdjustedDate().toInstant()
          : ((ASN1GeneralizedTime) time).getDate().toInstant();
    } catch (ParseException noTime) {
      throw new IllegalArgumentException("no time", noTime);
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
