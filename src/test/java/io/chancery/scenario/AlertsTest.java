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
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is about to expire is told of once, and no longer when it was replaced. */
@QuarkusTest
@WithTestResource(World.class)
class AlertsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void aShortCertificateIsToldOfOnceAndItsRenewalClosesIt() {
    Tenant.Holder holder = aboutToEnd();
    await().atMost(SOON).until(() -> !alerts(holder.http(), holder).isEmpty());
    JsonNode alert = alerts(holder.http(), holder).getFirst();
    assertThat(alert.get("kind").asText()).isEqualTo("expiring");
    assertThat(alert.get("organization").asText()).isEqualTo(holder.home().id().value());
    assertThat(alert.get("due").asText())
        .isEqualTo(holder.certificate().validity().notAfter().toString());
    assertThat(alerts(tenants.person(Role.OPERATOR).http(), holder)).hasSize(1);
    assertThat(alerts(tenants.person(Role.SERVICE).http(), holder)).as("others").isEmpty();
    assertThat(ledgered(alert)).isEqualTo(1);
    assertThat(metrics())
        .containsPattern("chancery_alerts_open\\{.*severity=\"(info|warning|critical)\"");

    // The job looks every second: the finding is not told again.
    String runs = "select count(*) from lease where name = 'alerts' and expires_at > now()";
    assertThat(book.number(runs)).isEqualTo(1);
    Http.Answer renewed =
        holder.http().post(holder.path() + "/renewal", Map.of("csr", Csrs.ec("").build().pem()));
    assertThat(renewed.status()).as(renewed.text()).isEqualTo(201);
    await().atMost(SOON).until(() -> alerts(holder.http(), holder).isEmpty());
    assertThat(ledgered(alert)).isEqualTo(1);
    assertThat(
            book.number(
                "select count(*) from alert where finding = ?", alert.get("finding").asText()))
        .isEqualTo(1);
  }

  @Test
  void revokingClosesItToo() {
    Tenant.Holder holder = aboutToEnd();
    Http home = holder.home().http();
    await().atMost(SOON).until(() -> !alerts(home, holder).isEmpty());
    home.post(holder.path() + "/revocation", Map.of());
    await().atMost(SOON).until(() -> alerts(home, holder).isEmpty());
  }

  @Test
  void aFreshCertificateIsNoNews() {
    Tenant.Holder fresh =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-client", Csrs.ec("").dns("fresh.internal.test"));
    Tenant.Holder ending = aboutToEnd();
    await().atMost(SOON).until(() -> !alerts(ending.http(), ending).isEmpty());
    assertThat(alerts(fresh.http(), fresh)).isEmpty();
  }

  /** Backdated by five minutes, a certificate of six has a sixth of its life left. */
  private Tenant.Holder aboutToEnd() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Csrs.Made made = Csrs.ec("").dns("brief.internal.test").build();
    Http.Answer answer =
        home.http()
            .post(
                "/v1/certificates",
                Map.of("profile", "tls-client", "csr", made.pem(), "validity", "PT6M"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return Tenant.Holder.of(home, made.pair(), answer);
  }

  private static List<JsonNode> alerts(Http http, Tenant.Holder holder) {
    return StreamSupport.stream(http.get("/v1/alerts").json().get("items").spliterator(), false)
        .filter(alert -> alert.path("serial").asText().equals(holder.serial()))
        .toList();
  }

  private long ledgered(JsonNode alert) {
    return book.number(
        "select count(*) from ledger_entry where kind = 'ALERT_RAISED' and subject = ?"
            + " and position(? in convert_from(body, 'UTF8')) > 0",
        alert.get("serial").asText(),
        alert.get("finding").asText());
  }

  private static String metrics() {
    return Http.management().get("/q/metrics").text();
  }
}
