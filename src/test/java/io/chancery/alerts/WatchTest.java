package io.chancery.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.OrganizationId;
import io.chancery.ledger.Lag;
import io.chancery.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which finding belongs to which time before the end. */
class WatchTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final OrganizationId OWNER = new OrganizationId("home");

  @ParameterizedTest
  @CsvSource({
    "90, 31, none",
    "90, 30, 30 INFO",
    "90, 15, 30 INFO",
    "90, 14, 14 WARNING",
    "90, 7, 7 WARNING",
    "90, 3, 3 CRITICAL",
    "90, 1, 1 CRITICAL",
    "365, 31, none",
    "365, 30, 30 INFO",
    "45, 15, 30 INFO",
    "45, 7, 14 WARNING",
    "45, 16, none"
  })
  void thresholds(int lifetimeDays, int daysLeft, String expected) {
    Validity validity = Validity.starting(START, Duration.ofDays(lifetimeDays));
    Instant now = validity.notAfter().minus(Duration.ofDays(daysLeft));

    assertThat(found(Expiring.Kind.CERTIFICATE, validity, now)).isEqualTo(expected);
  }

  @Test
  void aLedgerInTroubleIsOneCriticalFindingForAsLongAsItLasts() {
    Finding first = Watch.assess(new Lag.Alarm("the copy of the ledger is behind: full", START));
    Finding later = Watch.assess(new Lag.Alarm("the copy of the ledger is behind: gone", START));
    Finding again = Watch.assess(new Lag.Alarm("the copy is behind", START.plusSeconds(60)));

    assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(first.owner()).isEqualTo(OrganizationId.AUTHORITY);
    assertThat(first.text()).contains("full");
    assertThat(later.key()).isEqualTo(first.key());
    assertThat(again.key()).isNotEqualTo(first.key());
  }

  @Test
  void eachThresholdIsOneFindingOverAWholeLife() {
    Validity day = Validity.starting(START, Duration.ofHours(24));
    List<String> keys = new ArrayList<>();
    for (Instant now = START;
        now.isBefore(day.notAfter().plusSeconds(600));
        now = now.plusSeconds(60)) {
      Watch.assess(List.of(fact(Expiring.Kind.CERTIFICATE, day)), now)
          .forEach(finding -> keys.add(finding.key()));
    }

    assertThat(keys.stream().distinct())
        .containsExactly(
            "expiry/certificate/77/30",
            "expiry/certificate/77/14",
            "expiry/certificate/77/7",
            "expiry/certificate/77/3",
            "expiry/certificate/77/1",
            "expiry/certificate/77/0");
  }

  @Test
  void whatTheAuthorityLivesOnIsNeverOnlyInformation() {
    Validity validity = Validity.starting(START, Duration.ofDays(90));
    Instant now = validity.notAfter().minus(Duration.ofDays(29));

    assertThat(found(Expiring.Kind.ISSUER, validity, now)).isEqualTo("30 WARNING");
    assertThat(found(Expiring.Kind.OWN, validity, now)).isEqualTo("30 WARNING");
  }

  private static String found(Expiring.Kind kind, Validity validity, Instant now) {
    return Watch.assess(fact(kind, validity), now)
        .map(one -> one.key().substring(one.key().lastIndexOf('/') + 1) + " " + one.severity())
        .orElse("none");
  }

  private static Expiring fact(Expiring.Kind kind, Validity validity) {
    return new Expiring(kind, "77", "77 (a.test)", OWNER, validity);
  }
}
