package io.chancery.issuance;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERUTCTime;

/** Times as certificates, CRLs and OCSP answers write them: in Zulu, to the second. */
final class DerTime {
  static final int UTC_TAG = 0x17;
  static final int GENERALIZED_TAG = 0x18;

  private static final Instant FIRST_UTC = Instant.parse("1950-01-01T00:00:00Z");
  private static final Instant AFTER_UTC = Instant.parse("2050-01-01T00:00:00Z");
  private static final DateTimeFormatter UTC = form("yyMMddHHmmss'Z'");
  private static final DateTimeFormatter GENERALIZED = form("uuuuMMddHHmmss'Z'");

  private DerTime() {}

  /** RFC 5280 s4.1.2.5, s5.1.2.4: UTCTime through 2049, GeneralizedTime from 2050. */
  static boolean isUtc(Instant time) {
    return !time.isBefore(FIRST_UTC) && time.isBefore(AFTER_UTC);
  }

  static String utcText(Instant time) {
    return UTC.format(time);
  }

  static String generalizedText(Instant time) {
    return GENERALIZED.format(time);
  }

  /** The CHOICE of RFC 5280 s4.1, Time. */
  static ASN1Primitive of(Instant time) {
    return isUtc(time) ? new DERUTCTime(utcText(time)) : generalized(time);
  }

  static ASN1GeneralizedTime generalized(Instant time) {
    return new DERGeneralizedTime(generalizedText(time));
  }

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
