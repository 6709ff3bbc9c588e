package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.enrolment.TidyNow;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.HsmWithSwitch;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever was reserved or signed and did not reach its client is listed, and can be revoked. */
@QuarkusTest
@WithTestResource(World.class)
class UnfinishedIsListedTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject Tenant tenants;
  @Inject Book book;
  @Inject HsmWithSwitch hsm;
  @Inject TidyNow tidy;

  private Tenant.Home home;
  private final Map<String, String> ask =
      Map.of("profile", "tls-server", "csr", Csrs.ec("").dns("a.internal.test").build().pem());

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
  }

  @AfterEach
  void mend() {
    hsm.set(HsmWithSwitch.Position.WORKS);
  }

  @Test
  void openThenUndeliveredThenDelivered() throws Exception {
    hsm.set(HsmWithSwitch.Position.AWAY);
    assertProblem("away", post("k"), 503);
    JsonNode open = only(home.http(), "open");
    assertThat(open.get("profile").asText()).isEqualTo("tls-server");
    assertThat(open.get("organization").asText()).isEqualTo(home.id().value());
    assertThat(open.get("requester").asText()).isEqualTo("token:" + home.id() + "-token");
    assertThat(
            tenants.fresh("dns:internal.test").http().get("/v1/reservations").json().get("items"))
        .as("others")
        .isEmpty();
    String serial = open.get("serial").asText();

    hsm.set(HsmWithSwitch.Position.WORKS);
    age("reservation", "reserved_at", serial);
    tidy.now();
    JsonNode undelivered = only(home.http(), "undelivered");
    assertThat(undelivered.get("serial").asText()).isEqualTo(serial);
    assertThat(undelivered.get("why").asText()).contains("tidy job");
    assertThat(list(home.http(), "?state=open")).isEmpty();
    assertThat(list(tenants.person(Role.AUDITOR).http(), "?state=undelivered"))
        .anyMatch(one -> one.get("serial").asText().equals(serial));

    assertThat(post("k").json().get("serial").asText()).isEqualTo(serial);
    await().atMost(SOON).until(() -> list(home.http(), "").isEmpty());
  }

  @Test
  void abandonedSaysWhy() throws Exception {
    hsm.set(HsmWithSwitch.Position.AWAY);
    assertProblem("away", post("k"), 503);
    hsm.set(HsmWithSwitch.Position.WORKS);
    String serial = only(home.http(), "open").get("serial").asText();
    book.change("update reservation set tbs = '\\x3000' where serial = ?", serial);
    age("reservation", "reserved_at", serial);
    tidy.now();
    assertThat(only(home.http(), "abandoned").get("why").asText()).isNotEqualTo("given up");
  }

  @Test
  void whatWasDeliveredIsNotListed() {
    String serial = post("k").json().get("serial").asText();
    await()
        .atMost(SOON)
        .until(() -> book.number("select count(*) from undelivered where serial = ?", serial) == 0);
    assertThat(list(home.http(), "")).isEmpty();
  }

  @Test
  void aConnectionThatClosesBeforeTheAnswer() throws Exception {
    hsm.set(HsmWithSwitch.Position.SLOW);
    String csr = Csrs.ec("").dns("h.internal.test").build().pem();
    HangUp.afterAsking(
        home.token(),
        csr,
        () -> await().atMost(SOON).until(() -> !list(home.http(), "?state=open").isEmpty()));
    String serial = only(home.http(), "open").get("serial").asText();
    hsm.set(HsmWithSwitch.Position.WORKS);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(book.texts("select why from undelivered where serial = ?", serial))
                    .singleElement()
                    .asString()
                    .contains("connection was closed"));
    assertThat(only(home.http(), "undelivered").get("serial").asText()).isEqualTo(serial);
    Http.Answer revoked =
        home.http()
            .post("/v1/certificates/" + serial + "/revocation", Map.of("reason", "superseded"));
    assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
    assertThat(list(home.http(), "")).isEmpty();
  }

  @Test
  void aCrashBeforeTheAnswerShowsAMinuteLater() throws Exception {
    String serial = post("k").json().get("serial").asText();
    await()
        .atMost(SOON)
        .until(() -> book.number("select count(*) from undelivered where serial = ?", serial) == 0);
    book.change("insert into undelivered values (?, now(), '')", serial);
    assertThat(list(home.http(), "")).as("its answer may still be on the way").isEmpty();
    age("undelivered", "since", serial);
    assertThat(only(home.http(), "undelivered").get("why").asText()).contains("nobody confirmed");
  }

  @Test
  void theListHasPages() throws Exception {
    for (int i = 0; i < 120; i++) {
      book.change(
          "insert into reservation select '7' || lpad(to_hex(?), 15, '0'), 'issuing', 'tls-server', ?,"
              + " 'test', '', null, '\\x3000', now() - interval '1 second' * ?, now(), 'a test'",
          i,
          home.id().value(),
          i / 7);
    }
    JsonNode first = home.http().get("/v1/reservations?state=abandoned").json();
    assertThat(first.get("items")).hasSize(100);
    JsonNode second =
        home.http()
            .get("/v1/reservations?state=abandoned&cursor=" + first.get("next").asText())
            .json();
    assertThat(second.get("items")).hasSize(20);
    assertThat(second.has("next")).isFalse();
    assertProblem("state", home.http().get("/v1/reservations?state=lost"), 400);
    assertProblem("cursor", home.http().get("/v1/reservations?cursor=x"), 400);
  }

  private Http.Answer post(String key) {
    return home.http().post("/v1/certificates", ask, "Idempotency-Key", key);
  }

  private void age(String table, String column, String serial) throws Exception {
    book.change(
        "update %s set %s = %s - interval '1 hour' where serial = ?"
            .formatted(table, column, column),
        serial);
  }

  private static JsonNode only(Http http, String state) {
    List<JsonNode> found = list(http, "?state=" + state);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().get("state").asText()).isEqualTo(state);
    return found.getFirst();
  }

  private static List<JsonNode> list(Http http, String query) {
    return StreamSupport.stream(
            http.get("/v1/reservations" + query).json().get("items").spliterator(), false)
        .toList();
  }
}
