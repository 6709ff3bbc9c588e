package io.chancery.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.testing.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of a validity belong to it, and it is counted in whole seconds. */
class ValidityTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void aDayIsADayCountingBothEnds() {
    Validity day = Validity.starting(NOON, Duration.ofDays(1));

    assertThat(day.notAfter()).isEqualTo(Instant.parse("2026-06-02T11:59:59Z"));
    assertThat(day.length()).isEqualTo(Duration.ofDays(1));
    assertThat(Validity.starting(NOON, Duration.ofSeconds(1)).notAfter()).isEqualTo(NOON);
  }

  @Test
  void bothEndsBelongToIt() {
    Validity validity = new Validity(NOON, NOON.plusSeconds(10));

    assertThat(validity.holds(NOON)).isTrue();
    assertThat(validity.holds(NOON.minusNanos(1))).isFalse();
    assertThat(validity.holds(NOON.plusSeconds(10).plusNanos(999_999_999))).isTrue();
    assertThat(validity.holds(NOON.plusSeconds(11))).isFalse();
    assertThat(validity.endedBefore(NOON.plusSeconds(10).plusNanos(1))).isFalse();
    assertThat(validity.endedBefore(NOON.plusSeconds(11))).isTrue();
  }

  /** Held against the library's reading, which is the way for every other form. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "500101000000Z",
        "491231235959Z",
        "000229120000Z",
        "261126140000Z",
        "2611261400Z",
        "261126140000+0100",
        "20500101000000Z",
        "99991231235959Z",
        "20260630235960Z",
        "20261126140000.5Z"
      })
  void timesAreReadAsTheLibraryReadsThem(String text) throws Exception {
    boolean utc = text.length() < 15 || text.endsWith("+0100");
    ASN1Primitive time = utc ? new ASN1UTCTime(text) : new ASN1GeneralizedTime(text);
    Date expected =
        time instanceof ASN1UTCTime early
            ? early.getAdjustedDate()
            : ((ASN1GeneralizedTime) time).getDate();

    assertThat(Validity.instant(time)).isEqualTo(expected.toInstant());
  }

  @Test
  void whatIsNoTimeIsRefused() {
    assertThatThrownBy(() -> Validity.instant(new DERUTF8String("261126140000Z")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Validity.instant(new ASN1UTCTime("26112614000xZ")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fractionsAreCutOff() {
    Validity validity = new Validity(NOON.plusNanos(5), NOON.plusNanos(7));

    assertThat(validity).isEqualTo(new Validity(NOON, NOON));
    assertThat(validity.length()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void itIsCutAtItsIssuersEnd() {
    Validity validity = Validity.starting(NOON, Duration.ofDays(2));
    Instant end = NOON.plusSeconds(60);

    assertThat(validity.endingNoLaterThan(end)).isEqualTo(new Validity(NOON, end));
    assertThat(validity.endingNoLaterThan(validity.notAfter())).isEqualTo(validity);
    Refusals.malformed(() -> validity.endingNoLaterThan(NOON.minusSeconds(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-01T12:00:01Z, 2026-06-01T12:00:00Z",
    "1949-12-31T23:59:59Z, 2026-06-01T12:00:00Z",
    "2026-06-01T12:00:00Z, +10000-01-01T00:00:00Z"
  })
  void otherSpansAreRefused(Instant from, Instant to) {
    assertThat(Refusals.malformed(() -> new Validity(from, to)).clause())
        .isEqualTo("RFC 5280 s4.1.2.5");
  }

  @Test
  void theLastSecondThereIsCanBeSaid() {
    Instant last = Instant.parse("9999-12-31T23:59:59Z");

    assertThat(new Validity(NOON, last).notAfter()).isEqualTo(last);
    Refusals.malformed(() -> Validity.starting(NOON, Duration.ZERO));
  }
}
