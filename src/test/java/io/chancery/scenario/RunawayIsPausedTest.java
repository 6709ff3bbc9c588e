package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that asks again and again is slowed, then paused, until an operator lets it go. */
@QuarkusTest
@WithTestResource(World.class)
class RunawayIsPausedTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FREE = 20;
  private static final int PAUSE_AT = 60;

  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;
  private Http operator;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
    operator = tenants.person(Role.OPERATOR).http();
  }

  @Test
  void slowedWithAPaceThatGrows() throws Exception {
    askFreely();
    Http.Answer slowed = ask("a.internal.test");
    assertThat(assertProblem("slowed", slowed, 429).get("detail").asText())
        .contains("dns:a.internal.test", "20 in 3600 s");
    assertThat(retryAfter(slowed)).isEqualTo(1);
    assertThat(ask("b.internal.test").status()).as("other names").isEqualTo(201);

    for (long pace : new long[] {2, 4, 8}) {
      book.change(
          "update brake set let_at = let_at - interval '1 hour' where client in (select client"
              + " from brake where taken > 19)");
      assertThat(ask("a.internal.test").status()).as("after waiting").isEqualTo(201);
      long wait = retryAfter(ask("a.internal.test"));
      assertThat(wait).as("a pace of %d s", pace).isBetween(1L, pace);
    }
    book.change("update brake set since = since - interval '2 hours' where taken > 19");
    assertThat(ask("a.internal.test").status()).as("the next period").isEqualTo(201);
    assertThat(ask("a.internal.test").status()).isEqualTo(201);
  }

  @Test
  void pausedUntilAnOperatorLiftsIt() {
    for (int i = 0; i < PAUSE_AT; i++) {
      assertThat(ask("a.internal.test").status()).as("ask %d", i).isIn(201, 429);
    }
    assertThat(pauses()).isEmpty();
    int asked = PAUSE_AT + 1;
    Http.Answer paused = ask("a.internal.test");
    // Its turn may have come in this very moment; so soon it does not come again.
    if (paused.status() == 201) {
      asked++;
      paused = ask("a.internal.test");
    }
    assertThat(assertProblem("paused", paused, 429).get("detail").asText()).contains("is paused");

    JsonNode pause = pauses().getFirst();
    assertThat(pause.get("profile").asText()).isEqualTo("tls-client");
    assertThat(pause.get("names").get(0).asText()).isEqualTo("dns:a.internal.test");
    assertThat(pause.get("asked").asInt()).isEqualTo(asked);
    String id = pause.get("id").asText();
    assertProblem("still", ask("a.internal.test"), 429);
    assertThat(ask("b.internal.test").status()).as("other names").isEqualTo(201);
    assertThat(deeds(id)).containsExactly("CLIENT_PAUSED");
    await().atMost(SOON).until(() -> alerts().size() == 1);
    JsonNode alert = alerts().getFirst();
    assertThat(alert.get("severity").asText()).isEqualTo("critical");
    assertThat(alert.get("text").asText()).contains("dns:a.internal.test", "is paused");

    assertProblem("not by the client", home.http().delete("/v1/pauses/" + id), 403);
    assertThat(operator.delete("/v1/pauses/" + id).status()).isEqualTo(204);
    assertProblem("again", operator.delete("/v1/pauses/" + id), 404);
    assertThat(ask("a.internal.test").status()).as("lifted").isEqualTo(201);
    assertThat(deeds(id)).containsExactly("CLIENT_PAUSED", "CLIENT_RESUMED");
    await().atMost(SOON).until(() -> alerts().isEmpty());
  }

  @Test
  void renewalsCountToo() {
    Tenant.Holder holder = home.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    Http http = holder.http();
    for (int i = 1; i < FREE; i++) {
      assertThat(renew(http, holder, "key-" + i).status()).isEqualTo(201);
    }
    assertProblem("slowed", renew(http, holder, "key-last"), 429);
  }

  @Test
  void aReplayWithItsKeyIsAnsweredFromTheBook() throws Exception {
    Map<String, String> body = body("a.internal.test");
    Http.Answer first = home.http().post("/v1/certificates", body, "Idempotency-Key", "k");
    for (int i = 1; i < FREE; i++) {
      ask("a.internal.test");
    }
    assertProblem("slowed", ask("a.internal.test"), 429);
    Http.Answer again = home.http().post("/v1/certificates", body, "Idempotency-Key", "k");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().get("certificate")).isEqualTo(first.json().get("certificate"));
  }

  private void askFreely() {
    for (int i = 0; i < FREE; i++) {
      assertThat(ask("a.internal.test").status()).isEqualTo(201);
    }
  }

  private static Http.Answer renew(Http http, Tenant.Holder holder, String label) {
    return http.post(
        holder.path() + "/renewal",
        Map.of("csr", Csrs.ec("").build().pem()),
        "Idempotency-Key",
        label);
  }

  private Http.Answer ask(String name) {
    return home.http().post("/v1/certificates", body(name));
  }

  private static Map<String, String> body(String name) {
    return Map.of("profile", "tls-client", "csr", Csrs.ec("").dns(name).build().pem());
  }

  private static long retryAfter(Http.Answer answer) {
    return Long.parseLong(answer.raw().headers().firstValue("Retry-After").orElseThrow());
  }

  private List<JsonNode> pauses() {
    return items(operator.get("/v1/pauses")).stream()
        .filter(one -> one.get("organization").asText().equals(home.id().value()))
        .toList();
  }

  private List<JsonNode> alerts() {
    return items(home.http().get("/v1/alerts")).stream()
        .filter(one -> one.get("kind").asText().equals("client-paused"))
        .toList();
  }

  private static List<JsonNode> items(Http.Answer answer) {
    return StreamSupport.stream(answer.json().get("items").spliterator(), false).toList();
  }

  private List<String> deeds(String id) {
    return book.texts("select kind from ledger_entry where subject = ? order by id", id);
  }
}
