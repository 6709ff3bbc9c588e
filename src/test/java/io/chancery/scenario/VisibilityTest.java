package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.visibility.PlayedReplica;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Operators see when a change took effect, channel by channel. */
@QuarkusTest
@WithTestResource(World.class)
class VisibilityTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject Tenant tenants;
  @Inject PlayedReplica other;

  @Test
  void everyChannelTellsWhenItShowedTheChange() {
    Tenant.Holder holder = holder();
    Http http = holder.home().http();
    JsonNode untouched = http.get(holder.path() + "/visibility").json();
    assertThat(untouched.get("status").asText()).isEqualTo("good");
    assertThat(untouched.get("everywhere").asBoolean()).isTrue();
    assertThat(untouched.get("channels")).isEmpty();

    Instant before = Instant.now().minusMillis(1);
    revoke(http, holder);
    await().atMost(SOON).until(() -> visibility(http, holder).get("everywhere").asBoolean());
    // The delta is first; the complete CRL follows while it is small.
    for (String crl : List.of("delta", "full")) {
      await()
          .atMost(SOON)
          .until(() -> channel(visibility(http, holder), crl).path("crlNumber").asLong() > 0);
    }

    JsonNode seen = visibility(http, holder);
    assertThat(seen.get("serial").asText()).isEqualTo(holder.serial());
    assertThat(seen.get("status").asText()).isEqualTo("revoked");
    assertThat(seen.get("version").asInt()).isEqualTo(1);
    for (JsonNode channel : seen.get("channels")) {
      assertThat(channel.get("state").asText()).isEqualTo("visible");
      assertThat(Instant.parse(channel.get("at").asText())).isBetween(before, Instant.now());
    }
    JsonNode ocsp = seen.get("channels").get(0);
    assertThat(ocsp.get("channel").asText()).startsWith("ocsp/");
    assertThat(ocsp.get("replica").asText()).isNotBlank();
    assertThat(tenants.person(Role.AUDITOR).http().get(holder.path() + "/visibility").status())
        .isEqualTo(200);
  }

  @Test
  void anotherOrganizationsCertificateIsUnknown() {
    Tenant.Holder holder = holder();
    Http stranger = tenants.fresh("dns:internal.test").http();
    assertThat(stranger.get(holder.path() + "/visibility").status()).isEqualTo(404);
    assertThat(stranger.get(holder.path() + "/visibility", "Accept", "text/plain").status())
        .isEqualTo(404);
  }

  @Test
  void aLiveReplicaThatHasNotSeenItIsPendingAndASilentOneIsNotWaitedFor() {
    Tenant.Holder holder = holder();
    Http http = holder.home().http();
    String slow = other.starts("slow:1", Map.of());
    try {
      revoke(http, holder);
      await().atMost(SOON).until(() -> channel(visibility(http, holder), "full").has("at"));
      JsonNode seen = visibility(http, holder);
      assertThat(seen.get("everywhere").asBoolean()).isFalse();
      assertThat(channel(seen, "ocsp/" + slow).get("state").asText()).isEqualTo("pending");
      assertThat(channel(seen, "ocsp/" + slow).get("replica").asText()).isEqualTo("slow:1");

      other.sees(slow, holder.serial(), 1);
      await().atMost(SOON).until(() -> visibility(http, holder).get("everywhere").asBoolean());

      other.falls(slow, Duration.ofSeconds(30));
      assertThat(visibility(http, holder).toString()).doesNotContain(slow);
    } finally {
      other.stops(slow);
    }
  }

  @Test
  void aReplicaThatStartedLaterHasKnownItFromItsStart() {
    Tenant.Holder holder = holder();
    Http http = holder.home().http();
    revoke(http, holder);
    await().atMost(SOON).until(() -> visibility(http, holder).get("everywhere").asBoolean());
    String late = other.starts("late:1", Map.of());
    try {
      JsonNode channel = channel(visibility(http, holder), "ocsp/" + late);
      assertThat(channel.get("state").asText()).isEqualTo("visible");
    } finally {
      other.stops(late);
    }
  }

  @Test
  void whoPrefersToWaitIsAnsweredWithAReceiptOnceEveryoneCanSeeIt() {
    Tenant.Holder holder = holder();
    Http.Answer answer =
        holder
            .home()
            .http()
            .post(holder.path() + "/revocation", Map.of(), "Prefer", "respond-async, wait=20");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.raw().headers().firstValue("Preference-Applied")).hasValue("wait=20");
    assertThat(answer.json().get("status").asText()).isEqualTo("revoked");
    assertThat(answer.json().get("visibility").get("everywhere").asBoolean()).isTrue();
    assertThat(answer.json().get("receipt").asText())
        .startsWith("chancery-receipt/v1 ")
        .contains("serial " + holder.serial())
        .containsPattern("channel ocsp/[^ ]+ [^ ]+ 20")
        .doesNotContainPattern("channel ocsp/[^\n]*pending")
        // One CRL is enough: the complete one follows the delta when it is due.
        .containsPattern("channel (delta|full) number=[0-9]+ 20");
  }

  @Test
  void aHoldAndItsReleaseAreWaitedForAsWell() {
    Tenant.Holder holder = holder();
    Http operator = tenants.person(Role.OPERATOR).http();
    Http.Answer held =
        operator.post(
            holder.path() + "/revocation",
            Map.of("reason", "certificateHold"),
            "Prefer",
            "wait=20");
    assertThat(held.json().get("receipt").asText())
        .contains("status held\nreason certificateHold\nversion 1\n");
    Http.Answer released = operator.delete(holder.path() + "/revocation", "Prefer", "wait=20");
    assertThat(released.json().get("visibility").get("everywhere").asBoolean()).isTrue();
    assertThat(released.json().get("receipt").asText())
        .contains("status good\nreason -\nversion 2\nrevokedAt -\n");
  }

  @Test
  void theTimeIsUpWhileAReplicaIsSlow() {
    Tenant.Holder holder = holder();
    String slow = other.starts("slow:2", Map.of());
    try {
      long begun = System.nanoTime();
      Http.Answer answer =
          holder.home().http().post(holder.path() + "/revocation", Map.of(), "Prefer", "wait=2");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(1900), Duration.ofSeconds(6));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("visibility").get("everywhere").asBoolean()).isFalse();
      assertThat(answer.json().get("receipt").asText())
          .contains("channel ocsp/" + slow + " slow:2 pending\n");
    } finally {
      other.stops(slow);
    }
  }

  /** More than there are connections to the database, and than there are carriers. */
  @Test
  void aCrowdThatWaitsHoldsNeitherConnectionsNorThreads() throws Exception {
    int crowd = 60;
    Tenant.Home home = tenants.fresh("dns:internal.test");
    List<Tenant.Holder> holders = new ArrayList<>();
    for (int i = 0; i < crowd; i++) {
      holders.add(home.enrol("tls-client", Csrs.ec("").dns("w" + i + ".internal.test")));
    }
    String slow = other.starts("slow:3", Map.of());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Http.Answer>> answers = new ArrayList<>();
      for (Tenant.Holder holder : holders) {
        answers.add(
            threads.submit(
                () ->
                    home.http()
                        .post(holder.path() + "/revocation", Map.of(), "Prefer", "wait=30")));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> visibility(home.http(), holders.getLast()).get("version").asInt() == 1);
      long begun = System.nanoTime();
      assertThat(home.http().get(holders.getFirst().path()).status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      other.stops(slow);
      for (Future<Http.Answer> answer : answers) {
        assertThat(answer.get().json().get("visibility").get("everywhere").asBoolean()).isTrue();
      }
    } finally {
      other.stops(slow);
    }
  }

  private Tenant.Holder holder() {
    return tenants
        .fresh("dns:internal.test")
        .enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
  }

  private static void revoke(Http http, Tenant.Holder holder) {
    assertThat(http.post(holder.path() + "/revocation", Map.of()).status()).isEqualTo(200);
  }

  private static JsonNode visibility(Http http, Tenant.Holder holder) {
    return http.get(holder.path() + "/visibility").json();
  }

  private static JsonNode channel(JsonNode visibility, String name) {
    return StreamSupport.stream(visibility.get("channels").spliterator(), false)
        .filter(channel -> channel.get("channel").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + visibility));
  }
}
