package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.HouseClock;
import io.chancery.Role;
import io.chancery.revocation.CrlPublisher;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.SteppedClock;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody sets the machine's clock: nothing is dated by it, status goes on, and it is told. */
@QuarkusTest
@WithTestResource(World.class)
class ClockStepsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FARTHEST =
      "select count(*) from crl where this_update > now() + interval '1 minute'";

  @Inject SteppedClock machine;
  @Inject HouseClock house;
  @Inject CrlPublisher crls;
  @Inject Tenant tenants;
  @Inject Book book;

  @AfterEach
  void setRight() {
    machine.right();
    await().atMost(SOON).until(() -> house.dispute().isEmpty());
    await().atMost(SOON).until(() -> entries("CLOCK_STEPPED") == entries("CLOCK_SETTLED"));
  }

  @Test
  void nothingIsPromisedByAClockThatStepped() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder before = home.enrol("tls-client", Csrs.ec("").dns("before.internal.test"));
    for (Duration step : List.of(Duration.ofHours(3), Duration.ofHours(-1), Duration.ofDays(400))) {
      machine.step(step);
      Http.Answer refused = ask(home, "stepped.internal.test");
      assertThat(refused.status()).as("%s: %s", step, refused.text()).isEqualTo(503);
      assertThat(refused.text()).contains("this machine's clock stepped from");
      assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
      assertThat(Duration.between(house.instant(), Instant.now()).abs())
          .isLessThan(Duration.ofSeconds(30));
      machine.right();
      await().atMost(SOON).until(() -> ask(home, "right.internal.test").status() == 201);
    }
    assertThat(
            book.number(
                "select count(*) from certificate where not_before > now() + interval '1 minute'"
                    + " or not_before < now() - interval '1 day'"))
        .as("certificates dated by a wrong clock")
        .isZero();
    assertThat(before.http().get(before.path()).status()).isEqualTo(200);
  }

  @Test
  void statusGoesOnByTheTimeBefore() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder holder = home.enrol("tls-client", Csrs.ec("").dns("status.internal.test"));
    long number = book.number("select max(number) from crl where scope = ''");
    machine.step(Duration.ofDays(400));
    assertThat(home.http().post(holder.path() + "/revocation", Map.of()).status()).isEqualTo(200);
    crls.publishDue();
    assertThat(book.number("select max(number) from crl where scope = ''")).isGreaterThan(number);
    assertThat(book.number(FARTHEST)).as("CRLs of next year").isZero();
    assertThat(book.number("select count(*) from crl_series where this_update > now()"))
        .as("series that would bind every CRL after")
        .isZero();
    assertThat(Http.plain().get("/crl/issuing.crl").status()).isEqualTo(200);
    assertThat(Http.management().get("/q/health/ready").status()).isEqualTo(200);
  }

  @Test
  void itIsOnTheRollAndToldOnceUntilItIsOver() {
    Http operator = tenants.person(Role.OPERATOR).http();
    long stepped = entries("CLOCK_STEPPED");
    long settled = entries("CLOCK_SETTLED");
    machine.step(Duration.ofHours(3));
    await().atMost(SOON).until(() -> clockAlerts(operator).size() == 1);
    assertThat(clockAlerts(operator).getFirst().get("text").asText()).contains("clock stepped");
    await().atMost(SOON).until(() -> entries("CLOCK_STEPPED") == stepped + 1);
    String well = Http.management().get("/q/health/well").text();
    assertThat(well).contains("\"clock\"", "clock stepped", "\"since\"");
    machine.right();
    await().atMost(SOON).until(() -> clockAlerts(operator).isEmpty());
    await().atMost(SOON).until(() -> entries("CLOCK_SETTLED") == settled + 1);
    assertThat(entries("CLOCK_STEPPED")).isEqualTo(stepped + 1);
  }

  private static Http.Answer ask(Tenant.Home home, String name) {
    return home.http()
        .post(
            "/v1/certificates",
            Map.of("profile", "tls-client", "csr", Csrs.ec("").dns(name).build().pem()));
  }

  private static List<JsonNode> clockAlerts(Http operator) {
    return StreamSupport.stream(operator.get("/v1/alerts").json().get("items").spliterator(), false)
        .filter(alert -> alert.get("kind").asText().equals("clock"))
        .toList();
  }

  private long entries(String kind) {
    return book.number("select count(*) from ledger_entry where kind = ?", kind);
  }
}
