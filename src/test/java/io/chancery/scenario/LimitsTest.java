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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much an organization may ask of a profile, and who may say otherwise. */
@QuarkusTest
@WithTestResource(World.class)
class LimitsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject Tenant tenants;
  @Inject Book book;

  private final AtomicInteger names = new AtomicInteger();
  private Tenant.Home home;
  private Http operator;
  private String path;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
    operator = tenants.person(Role.OPERATOR).http();
    path = "/v1/organizations/" + home.id() + "/limits/tls-server";
  }

  @Test
  void anOperatorsLimitHoldsUntilItIsTakenBack() {
    assertThat(operator.get(path).json().get("source").asText()).isEqualTo("configuration");
    Http.Answer set = operator.put(path, Map.of("perMinute", 2));
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(home.http().get(path).json().get("perMinute").asInt()).isEqualTo(2);

    assertThat(ask("tls-server").status()).isEqualTo(201);
    Http.Answer refused = ask("tls-server");
    assertThat(assertProblem("too much", refused, 429).get("detail").asText())
        .contains(home.id().value(), "tls-server", "2 a minute");
    assertThat(Long.parseLong(refused.raw().headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1L, 30L);
    assertThat(ask("tls-client").status()).as("another profile").isEqualTo(201);

    operator.put(path, Map.of("perMinute", 0));
    assertProblem("nothing", ask("tls-server"), 429);
    assertThat(operator.delete(path).status()).isEqualTo(204);
    assertThat(operator.delete(path).status()).as("again").isEqualTo(204);
    assertThat(ask("tls-server").status()).isEqualTo(201);
    assertThat(
            book.texts(
                "select kind from ledger_entry where subject = ? and kind = 'LIMIT_CHANGED'",
                home.id().value()))
        .hasSize(3);
  }

  @Test
  void noMoreAreInForceThanAnOperatorSaid() throws Exception {
    operator.put(path, Map.of("perMinute", 1000, "inForce", 3));
    assertThat(operator.get(path).json().get("inForce").asInt()).isEqualTo(3);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> asked =
          IntStream.range(0, 8)
              .mapToObj(i -> threads.submit(() -> ask("tls-server").status()))
              .toList();
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> one : asked) {
        answers.add(one.get());
      }
      assertThat(answers).filteredOn(status -> status == 201).hasSize(3);
      assertThat(answers).filteredOn(status -> status == 422).hasSize(5);
    }
    assertThat(ask("tls-server").text()).contains("certificates-in-force");
    assertThat(ask("tls-client").status()).as("another profile").isEqualTo(201);
    String serial =
        home.http()
            .get("/v1/certificates?profile=tls-server")
            .json()
            .at("/items/0/serial")
            .asText();
    home.http().post("/v1/certificates/" + serial + "/revocation", Map.of());
    assertThat(ask("tls-server").status()).as("one has made room").isEqualTo(201);
    operator.delete(path);
    assertThat(ask("tls-server").status()).isEqualTo(201);
  }

  @Test
  void whatAnotherReplicaWasToldIsKnownSoon() throws Exception {
    book.change("insert into profile_limit values (?, 'tls-server', 0)", home.id().value());
    await().atMost(SOON).until(() -> ask("tls-server").status() == 429);
    book.change("delete from profile_limit where organization = ?", home.id().value());
    await().atMost(SOON).until(() -> ask("tls-server").status() == 201);
  }

  @Test
  void whatIsNoLimit() {
    assertProblem("negative", operator.put(path, Map.of("perMinute", -1)), 400);
    assertProblem("missing", operator.put(path, Map.of()), 400);
    assertProblem("text", operator.put(path, Map.of("perMinute", "many")), 400);
    assertProblem("by a service", home.http().put(path, Map.of("perMinute", 9)), 403);
    assertProblem(
        "unknown profile",
        operator.put(path.replace("tls-server", "none"), Map.of("perMinute", 9)),
        404);
    assertProblem(
        "unknown organization",
        operator.put(path.replace(home.id().value(), "no-such"), Map.of("perMinute", 9)),
        404);
    assertProblem("others", tenants.fresh("dns:a.test").http().get(path), 404);
  }

  private Http.Answer ask(String profile) {
    String name = "n" + names.incrementAndGet() + ".internal.test";
    return home.http()
        .post(
            "/v1/certificates",
            Map.of("profile", profile, "csr", Csrs.ec("").dns(name).build().pem()));
  }
}
