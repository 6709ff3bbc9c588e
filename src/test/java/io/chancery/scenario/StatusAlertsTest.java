package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.visibility.PlayedReplica;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trouble of the status service is told of within two minutes, and no longer when it is over. */
@QuarkusTest
@WithTestResource(World.class)
class StatusAlertsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject Tenant tenants;
  @Inject PlayedReplica other;
  @Inject Book book;
  @Inject Scheduler timers;

  private Http operator;

  @BeforeEach
  void someoneLooks() {
    operator = tenants.person(Role.OPERATOR).http();
  }

  @Test
  void aReplicaThatGoesSilentIsToldOfUntilItSpeaksAndToldOfAgain() {
    String id = other.starts("lost:1", Map.of());
    try {
      for (int round = 0; round < 2; round++) {
        other.falls(id, Duration.ofSeconds(15));
        await().atMost(SOON).until(() -> open("replica/" + id + "/gone").size() == 1);
        other.beats(id, "lost:1", Duration.ZERO, Map.of());
        await().atMost(SOON).until(() -> open("replica/" + id + "/gone").isEmpty());
      }
    } finally {
      other.stops(id);
    }
  }

  @Test
  void aReplicaThatKnowsOnlyWhatWasSoIsTold() {
    String id = other.starts("behind:1", Map.of());
    try {
      await()
          .atMost(SOON)
          .until(
              () -> {
                other.beats(id, "behind:1", Duration.ofSeconds(30), Map.of());
                return open("replica/" + id + "/slow").size() == 1;
              });
    } finally {
      other.stops(id);
    }
    await().atMost(SOON).until(() -> open("replica/" + id + "/slow").isEmpty());
  }

  @Test
  void aJobThatHangsIsToldOfByItsReplicasRow() {
    Map<String, Instant> jobs = Map.of("crl", Instant.now().minusSeconds(90));
    String id = other.starts("hung:1", jobs);
    try {
      await()
          .atMost(SOON)
          .until(
              () -> {
                other.beats(id, "hung:1", Duration.ZERO, jobs);
                return open("job-stuck/" + id + "/crl").size() == 1;
              });
    } finally {
      other.stops(id);
    }
    await().atMost(SOON).until(() -> open("job-stuck/" + id + "/crl").isEmpty());
  }

  /** Every timer of this process stands in its row, with the time at which it comes again. */
  @Test
  void thisReplicaTellsOfEveryTimer() {
    List<String> expected = timers.getScheduledJobs().stream().map(job -> job.getId()).toList();
    assertThat(expected).contains("crl", "ledger", "alerts", "beat");
    await()
        .atMost(SOON)
        .until(
            () ->
                book.texts("select distinct jsonb_object_keys(jobs) from replica")
                    .containsAll(expected));
    assertThat(
            book.number(
                "select count(*) from replica, jsonb_each_text(jobs) j where j.key = 'beat'"
                    + " and to_timestamp(j.value::bigint) > now() - interval '10 seconds'"))
        .isEqualTo(1);
  }

  @Test
  void aChangeThatALiveReplicaDoesNotApplyIsTold() {
    Tenant.Holder holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    String id = other.starts("deaf:1", Map.of());
    try {
      assertThat(operator.post(holder.path() + "/revocation", Map.of()).status()).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(40))
          .until(
              () -> {
                other.beats(id, "deaf:1", Duration.ZERO, Map.of());
                return open("change-unseen/" + id).size() == 1;
              });
      other.sees(id, holder.serial(), 1);
      await()
          .atMost(SOON)
          .until(
              () -> {
                other.beats(id, "deaf:1", Duration.ZERO, Map.of());
                return open("change-unseen/" + id).isEmpty();
              });
    } finally {
      other.stops(id);
    }
  }

  @Test
  void aCrlWithoutASuccessorAndAShardThatNobodyPublishes() throws SQLException {
    Tenant.Holder holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("s.internal.test"));
    book.change("update certificate set crl_shard = 77 where serial = ?", holder.serial());
    try {
      await().atMost(SOON).until(() -> open("crl-lost/issuing/77").size() == 1);
    } finally {
      book.change("update certificate set crl_shard = null where serial = ?", holder.serial());
    }
    await().atMost(SOON).until(() -> open("crl-lost/issuing/77").isEmpty());
  }

  @Test
  void aCrlThatIsNotRenewedIsTold() throws SQLException {
    timers.pause("crl");
    try {
      // A change of an earlier test may still bring a fresh one: that one is made old as well.
      await()
          .atMost(SOON)
          .until(
              () -> {
                book.change(
                    "update crl set this_update = this_update - interval '2 hours'"
                        + " where number = (select max(number) from crl where base is null)"
                        + " and this_update > now() - interval '1 hour'");
                return open("crl-stale/issuing").size() == 1;
              });
    } finally {
      timers.resume("crl");
      Tenant.Holder holder =
          tenants
              .fresh("dns:internal.test")
              .enrol("tls-client", Csrs.ec("").dns("n.internal.test"));
      operator.post(holder.path() + "/revocation", Map.of());
    }
    await().atMost(SOON).until(() -> open("crl-stale/issuing").isEmpty());
  }

  private List<JsonNode> open(String finding) {
    return StreamSupport.stream(operator.get("/v1/alerts").json().get("items").spliterator(), false)
        .filter(alert -> alert.get("finding").asText().equals(finding))
        .toList();
  }
}
