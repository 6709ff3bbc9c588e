package io.chancery.issuance.der;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.DERGeneralizedTime;

/** Times as certificates, CRLs and OCSP answers write them: in Zulu, to the second. */
public final class DerTime {
  public static final int UTC_TAG = 0x17;
  public static final int GENERALIZED_TAG = 0x18;

  /** YYYYMMDDHHMMSSZ. */
  public static final int GENERALIZED_LENGTH = 15;

  private static final int UTC_LENGTH = 13;
  private static final int DAY = 86_400;

  private static final long FIRST_UTC = Instant.parse("1950-01-01T00:00:00Z").getEpochSecond();
  private static final long AFTER_UTC = Instant.parse("2050-01-01T00:00:00Z").getEpochSecond();
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private DerTime() {}

  public static ASN1GeneralizedTime generalized(Instant time) {
    return new DERGeneralizedTime(GENERALIZED.format(time));
  }

  /** How many octets {@link #write} makes, tag and length included. */
  public static int length(long second) {
    return 2 + (isUtc(second) ? UTC_LENGTH : GENERALIZED_LENGTH);
  }

  /** Time (RFC 5280 s4.1) of a moment in seconds since 1970, without an object. */
  public static void write(DerBuffer out, long second) {
    if (isUtc(second)) {
      out.octet(UTC_TAG).octet(UTC_LENGTH);
      digits(out, second, 2);
    } else {
      out.octet(GENERALIZED_TAG).octet(GENERALIZED_LENGTH);
      writeGeneralized(out, second);
    }
  }

  /** The contents of a GeneralizedTime. */
  public static void writeGeneralized(DerBuffer out, long second) {
    digits(out, second, 4);
  }

  /** RFC 5280 s4.1.2.5, s5.1.2.4: UTCTime through 2049, GeneralizedTime from 2050. */
  private static boolean isUtc(long second) {
    return second >= FIRST_UTC && second < AFTER_UTC;
  }

  /** The civil calendar by whole numbers: the year begins in March, so that leap days end it. */
  private static void digits(DerBuffer out, long second, int yearDigits) {
    int time = (int) Math.floorMod(second, (long) DAY);
    long day = Math.floorDiv(second, (long) DAY) + 719_468;
    int era = (int) Math.floorDiv(day, 146_097L);
    int dayOfEra = (int) (day - era * 146_097L);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int march = (5 * dayOfYear + 2) / 153;
    int month = march < 10 ? march + 3 : march - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    out.digits(yearDigits == 2 ? year % 100 : year, yearDigits)
        .digits(month, 2)
        .digits(dayOfYear - (153 * march + 2) / 5 + 1, 2)
        .digits(time / 3600, 2)
        .digits(time / 60 % 60, 2)
        .digits(time % 60, 2)
        .octet('Z');
  }
}
