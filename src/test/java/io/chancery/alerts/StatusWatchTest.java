package io.chancery.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.canary.Flight;
import io.chancery.inventory.Shard;
import io.chancery.revocation.CrlFact;
import io.chancery.visibility.Replica;
import io.chancery.x509.IssuerName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What wants attention about the status service, and what does not. */
class StatusWatchTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final IssuerName ISSUER = new IssuerName("issuing");
  private static final Duration HOUR = Duration.ofHours(1);

  /** A CRL of a day that is refreshed every hour. */
  @ParameterizedTest
  @CsvSource({
    "0, none",
    "3599, none",
    "3659, none",
    "3661, WARNING",
    "60000, WARNING",
    "64801, CRITICAL",
    "86399, CRITICAL"
  })
  void aCrlWithoutASuccessor(long age, String expected) {
    assertThat(severity(facts(crl("", CrlFact.Kind.COMPLETE, age, HOUR)))).isEqualTo(expected);
  }

  /** A delta that lives no longer than it is refreshed is not late until then. */
  @ParameterizedTest
  @CsvSource({"80000, none", "86399, none", "86401, CRITICAL"})
  void oneThatIsRefreshedAtItsEnd(long age, String expected) {
    CrlFact delta = crl("", CrlFact.Kind.DELTA, age, Duration.ofDays(1));
    CrlFact complete = crl("", CrlFact.Kind.COMPLETE, 0, HOUR);
    assertThat(severity(facts(complete, delta))).isEqualTo(expected);
  }

  @Test
  void aShardThatCertificatesNameAndNobodyPublishesIsLost() {
    CrlFact whole = crl("", CrlFact.Kind.COMPLETE, 0, HOUR);
    CrlFact third = crl("3", CrlFact.Kind.COMPLETE, 0, HOUR);
    CrlFact deltaOfFourth = crl("4", CrlFact.Kind.DELTA, 0, HOUR);
    CrlFact ended = crl("5", CrlFact.Kind.COMPLETE, 90_000, Duration.ofDays(30));
    StatusFacts.Gathered facts =
        new StatusFacts.Gathered(
            List.of(ISSUER),
            List.of(new Shard(ISSUER, 3), new Shard(ISSUER, 4), new Shard(ISSUER, 5)),
            List.of(whole, third, deltaOfFourth, ended),
            List.of(),
            List.of(),
            List.of());
    assertThat(StatusWatch.assess(facts, NOW))
        .extracting(Finding::key)
        .containsExactlyInAnyOrder("crl-lost/issuing/4", "crl-lost/issuing/5");
  }

  @Test
  void anIssuerWithoutACrlIsTold() {
    assertThat(StatusWatch.assess(facts(), NOW))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.key()).isEqualTo("crl-lost/issuing");
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, none",
    "9, 5, none",
    "9, 6, replica/r/slow",
    "10, 0, replica/r/gone",
    "600, 600, replica/r/gone"
  })
  void replicas(long silent, long behind, String expected) {
    List<Finding> found = of(replica(silent, behind, Map.of()));
    assertThat(found.stream().map(Finding::key).findFirst().orElse("none")).isEqualTo(expected);
    assertThat(found).hasSizeLessThan(2);
  }

  @Test
  void aJobThatDoesNotComeToItsEndIsStuck() {
    Replica replica =
        replica(
            0,
            0,
            Map.of(
                "crl", NOW.minusSeconds(46),
                "tidy", NOW.minusSeconds(45),
                "ledger", NOW.plusSeconds(1)));
    assertThat(of(replica)).extracting(Finding::key).containsExactly("job-stuck/r/crl");
    assertThat(of(replica(60, 0, replica.jobs())))
        .as("of a replica that is gone that is all there is to say")
        .extracting(Finding::key)
        .containsExactly("replica/r/gone");
  }

  @Test
  void aChangeThatALiveReplicaHasNotAppliedIsTold() {
    StatusFacts.Gathered facts =
        new StatusFacts.Gathered(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Replica.Missing("r", "host:1", 7, NOW.minusSeconds(20))),
            List.of());
    assertThat(StatusWatch.assess(facts, NOW))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("change-unseen");
              assertThat(finding.text()).contains("host:1", "7 changes");
            });
  }

  @Test
  void aCanaryThatIsWellIsNoNews() {
    Flight well = new Flight("http://a", NOW, "", Duration.ofMillis(80), Duration.ofSeconds(1));
    Flight late = new Flight("http://b", NOW, "OCSP was late", HOUR, HOUR);
    StatusFacts.Gathered facts =
        new StatusFacts.Gathered(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(well, late));
    assertThat(StatusWatch.assess(facts, NOW))
        .extracting(Finding::key)
        .containsExactly("canary/http://b");
  }

  @Test
  void everyFindingIsOfAKindThatIsClosedAgain() {
    StatusFacts.Gathered facts =
        new StatusFacts.Gathered(
            List.of(ISSUER),
            List.of(),
            List.of(crl("1", CrlFact.Kind.COMPLETE, 60_000, HOUR)),
            List.of(replica(60, 0, Map.of()), replica(0, 60, Map.of("crl", NOW.minus(HOUR)))),
            List.of(new Replica.Missing("r", "host:1", 7, NOW)),
            List.of(new Flight("http://a", NOW, "late", Duration.ZERO, Duration.ZERO)));
    assertThat(StatusWatch.assess(facts, NOW).stream().map(Finding::kind).distinct())
        .hasSize(6)
        .isSubsetOf(StatusWatch.KINDS);
  }

  private static List<Finding> of(Replica replica) {
    return StatusWatch.assess(
        new StatusFacts.Gathered(
            List.of(), List.of(), List.of(), List.of(replica), List.of(), List.of()),
        NOW);
  }

  private static StatusFacts.Gathered facts(CrlFact... crls) {
    return new StatusFacts.Gathered(
        List.of(ISSUER), List.of(), List.of(crls), List.of(), List.of(), List.of());
  }

  private static String severity(StatusFacts.Gathered facts) {
    return StatusWatch.assess(facts, NOW).stream()
        .filter(finding -> finding.kind().equals(StatusWatch.CRL))
        .map(finding -> finding.severity().name())
        .findFirst()
        .orElse("none");
  }

  private static CrlFact crl(String scope, CrlFact.Kind kind, long age, Duration refresh) {
    Instant thisUpdate = NOW.minusSeconds(age);
    return new CrlFact(
        ISSUER, scope, kind, 7, thisUpdate, thisUpdate.plus(Duration.ofDays(1)), refresh);
  }

  private static Replica replica(long silent, long behind, Map<String, Instant> jobs) {
    return new Replica(
        "r",
        "host:1",
        "authority",
        NOW.minus(HOUR),
        1,
        Duration.ofSeconds(silent),
        Duration.ofSeconds(behind),
        jobs);
  }
}
