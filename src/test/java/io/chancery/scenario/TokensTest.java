package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An enrolment token gives what it was made for, as often as it was made for, and no longer. */
@QuarkusTest
@WithTestResource(World.class)
class TokensTest {
  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
  }

  @Test
  void onceMeansOnce() {
    Http http = Http.with(tenants.token(home, Tenant.TokenTerms.uses(1)));
    assertThat(ask(http, "tls-server", "a.internal.test").status()).isEqualTo(201);
    assertProblem("again", ask(http, "tls-server", "a.internal.test"), 401);
  }

  @Test
  void aRefusalCostsNothing() {
    Http http = Http.with(tenants.token(home, Tenant.TokenTerms.uses(1)));
    assertProblem("refused", ask(http, "tls-server", "bank.example"), 422);
    assertThat(ask(http, "tls-server", "a.internal.test").status()).isEqualTo(201);
  }

  @Test
  void aRaceForTheLastUseHasOneWinner() throws Exception {
    Http http = Http.with(tenants.token(home, Tenant.TokenTerms.uses(3)));
    List<Callable<Http.Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      tasks.add(() -> ask(http, "tls-server", "a.internal.test"));
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (Future<Http.Answer> one : threads.invokeAll(tasks)) {
        statuses.add(one.get().status());
      }
    }
    assertThat(statuses).containsOnly(201, 401).filteredOn(status -> status == 201).hasSize(3);
    assertThat(
            book.number(
                "select count(*) from certificate where organization = ?", home.id().value()))
        .isEqualTo(3);
  }

  @Test
  void expiredMeansExpired() {
    Http http =
        Http.with(tenants.token(home, Tenant.TokenTerms.uses(0).lasting(Duration.ofMillis(1500))));
    assertThat(http.get("/v1/certificates").status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> http.get("/v1/certificates").status() == 401);
    assertThat(assertProblem("expired", http.get("/v1/certificates"), 401).get("detail").asText())
        .contains("expired at");
  }

  @Test
  void narrowedToNamesAndProfiles() {
    Http http =
        Http.with(
            tenants.token(
                home,
                Tenant.TokenTerms.uses(0)
                    .forProfiles("tls-client")
                    .forNames("dns:=only.internal.test")));
    assertThat(ask(http, "tls-client", "only.internal.test").status()).isEqualTo(201);
    assertProblem("profile", ask(http, "tls-server", "only.internal.test"), 422);
    assertProblem("name", ask(http, "tls-client", "other.internal.test"), 422);
    // A token cannot widen what its organization may hold.
    Http wide =
        Http.with(tenants.token(home, Tenant.TokenTerms.uses(0).forNames("dns:bank.example")));
    assertProblem("wider", ask(wide, "tls-client", "bank.example"), 422);
  }

  @Test
  void noTokenOpensTheAuthoritysOwnProfiles() {
    Http operator = tenants.person(Role.OPERATOR).http();
    assertProblem(
        "made by an operator",
        operator.post(
            "/v1/organizations/" + home.id() + "/tokens",
            Map.of("label", home.id() + "-ocsp", "profiles", List.of("ocsp-responder"))),
        422);
    // And one that stands in the table all the same.
    Http http =
        Http.with(tenants.token(home, Tenant.TokenTerms.uses(0).forProfiles("ocsp-responder")));
    String csr = Csrs.ec("CN=responder").build().pem();
    Http.Answer asked =
        http.post("/v1/certificates", Map.of("profile", "ocsp-responder", "csr", csr));
    assertThat(assertProblem("used", asked, 422).get("rule").asText()).isEqualTo("profile-allowed");
  }

  @Test
  void anOperatorMakesAndEndsThem() {
    Http operator = tenants.person(Role.OPERATOR).http();
    String path = "/v1/organizations/" + home.id() + "/tokens";
    String label = home.id() + "-made";
    Http.Answer made = operator.post(path, Map.of("label", label, "uses", 2));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.raw().headers().firstValue("Cache-Control")).hasValue("no-store");
    String secret = made.json().get("token").asText();
    assertThat(secret).startsWith("chancery_");
    assertProblem("the label again", operator.post(path, Map.of("label", label)), 409);

    Http http = Http.with(secret);
    assertThat(ask(http, "tls-server", "a.internal.test").status()).isEqualTo(201);
    assertThat(operator.delete(path + "/" + label).status()).isEqualTo(204);
    assertThat(operator.delete(path + "/" + label).status()).as("again").isEqualTo(204);
    assertThat(
            assertProblem("ended", ask(http, "tls-server", "a.internal.test"), 401)
                .get("detail")
                .asText())
        .contains("was revoked at");
    assertThat(
            book.number(
                "select count(*) from enrolment_token where hash = ? or label = ?", secret, secret))
        .as("the secret itself is not kept")
        .isZero();
    assertThat(
            book.number(
                "select count(*) from ledger_entry where position(? in convert_from(body, 'UTF8'))"
                    + " > 0",
                secret))
        .isZero();
  }

  @Test
  void aSuspendedOrganizationGetsNone() {
    tenants.suspend(home, "dns:internal.test");
    Http operator = tenants.person(Role.OPERATOR).http();
    assertProblem(
        "suspended",
        operator.post(
            "/v1/organizations/" + home.id() + "/tokens", Map.of("label", home.id() + "-late")),
        409);
    assertProblem(
        "on its behalf",
        operator.post(
            "/v1/certificates",
            Map.of(
                "profile",
                "tls-server",
                "csr",
                Csrs.ec("").dns("a.internal.test").build().pem(),
                "organization",
                home.id().value())),
        409);
  }

  private static Http.Answer ask(Http http, String profile, String name) {
    return http.post(
        "/v1/certificates", Map.of("profile", profile, "csr", Csrs.ec("").dns(name).build().pem()));
  }
}
