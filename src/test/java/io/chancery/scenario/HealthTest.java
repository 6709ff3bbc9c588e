package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.testing.HsmWithSwitch;
import io.chancery.testing.Http;
import io.chancery.testing.Outage;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ready while status can be served; well while everything can be. */
@QuarkusTest
@WithTestResource(World.class)
class HealthTest {
  @Inject HsmWithSwitch hsm;

  @AfterEach
  void mend() {
    hsm.set(HsmWithSwitch.Position.WORKS);
  }

  @Test
  void allIsWell() {
    for (String path :
        new String[] {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started"}) {
      assertThat(status(path)).as(path).isEqualTo(200);
    }
    assertThat(Http.management().get("/q/health/ready").text()).contains("\"crl\"", "issuing");
    assertThat(Http.management().get("/q/metrics").text()).contains("chancery_alerts_open");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(Http.management().get("/q/metrics").text())
                    .contains(
                        "chancery_part_up{part=\"clock\"} 1.0",
                        "chancery_part_up{part=\"disk\"} 1.0",
                        "chancery_part_since_seconds{part=\"hsm\"}"));
  }

  @Test
  void withoutTheTokenItServesWhatWasSigned() {
    hsm.set(HsmWithSwitch.Position.AWAY);
    assertThat(status("/q/health/ready")).isEqualTo(200);
    assertThat(status("/q/health/live")).isEqualTo(200);
    assertThat(status("/q/health/well")).isEqualTo(503);
    assertThat(Http.management().get("/q/health/well").text()).contains("AWAY");
    var overview = Http.management().get("/q/overview").json();
    assertThat(overview.get("state").asText()).isEqualTo("DEGRADED");
    assertThat(overview.get("issuing").get("on").asBoolean()).isFalse();
    assertThat(overview.get("issuing").get("why").toString()).contains("hsm: ");
    hsm.set(HsmWithSwitch.Position.WORKS);
    // The ledger is as well as its last attempt to publish, a second ago.
    await().atMost(Duration.ofSeconds(20)).until(() -> status("/q/health/well") == 200);
  }

  @Test
  void withoutTheDatabaseItServesWhatWasSigned() {
    try (Outage outage = Outage.ofTheDatabase()) {
      await().atMost(Duration.ofSeconds(20)).until(() -> status("/q/health/well") == 503);
      assertThat(status("/q/health/ready")).isEqualTo(200);
      assertThat(status("/q/health/live")).isEqualTo(200);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> status("/q/health/well") == 200);
  }

  @Test
  void onlyTheManagementListenerTells() {
    assertThat(Http.anonymous().get("/q/health").status()).isEqualTo(404);
    assertThat(Http.anonymous().get("/q/metrics").status()).isEqualTo(404);
  }

  private static int status(String path) {
    return Http.management().get(path).status();
  }
}
