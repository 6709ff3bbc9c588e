package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same Idempotency-Key revokes, holds and releases once. */
@QuarkusTest
@WithTestResource(World.class)
class SameKeySameRevocationTest {
  private static final Map<String, String> HOLD = Map.of("reason", "certificateHold");

  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;
  private Tenant.Holder holder;
  private Http operator;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
    holder = home.enrol("tls-server", Csrs.ec("").dns("a.internal.test"));
    operator = tenants.person(Role.OPERATOR).http();
  }

  @Test
  void aHoldThatIsSentAgainAfterTheReleaseDoesNotHoldAgain() {
    assertStatus(revoke(operator, HOLD, "hold"), "held");
    assertStatus(revoke(operator, HOLD, "hold"), "held");
    assertStatus(release("lift"), "good");
    assertStatus(revoke(operator, HOLD, "hold"), "good");
    assertStatus(release("lift"), "good");
    assertStatus(revoke(operator, HOLD, "hold-2"), "held");
    assertStatus(release("lift"), "held");
    assertThat(deeds())
        .containsExactly("CERTIFICATE_HELD", "CERTIFICATE_RELEASED", "CERTIFICATE_HELD");
    assertThat(book.number("select status_version from certificate where serial = ?", serial()))
        .isEqualTo(3);
  }

  @Test
  void theKeyStandsOnTheRollWithTheHashOfTheRequest() {
    revoke(operator, HOLD, "hold");
    release("lift");
    home.http().post(path(), Map.of("reason", "superseded"));
    List<String> bodies =
        book.texts(
            "select convert_from(body, 'UTF8') from ledger_entry where subject = ?"
                + " and kind in ('CERTIFICATE_HELD', 'CERTIFICATE_RELEASED', 'CERTIFICATE_REVOKED')"
                + " order by id",
            serial());
    assertThat(bodies.get(0))
        .contains("\"idempotencyKey\":\"hold\"")
        .contains("\"requestHash\":\"" + hashOf("hold") + "\"");
    assertThat(bodies.get(1)).contains("\"requestHash\":\"" + hashOf("lift") + "\"");
    assertThat(bodies.get(2)).contains("\"idempotencyKey\":\"\"", "\"requestHash\":\"\"");
  }

  @Test
  void anotherRequestUnderTheKeyIsRefused() {
    Http http = home.http();
    revoke(http, Map.of("reason", "superseded"), "k");
    for (Map<String, String> other :
        List.of(
            Map.of("reason", "keyCompromise"),
            Map.of("reason", "superseded", "invalidityDate", "2026-01-01T00:00:00Z"),
            Map.<String, String>of())) {
      assertThat(assertProblem("other", revoke(http, other, "k"), 422).get("rule").asText())
          .isEqualTo("idempotency-key");
    }
    Tenant.Holder second = home.enrol("tls-server", Csrs.ec("").dns("b.internal.test"));
    assertProblem(
        "another certificate",
        http.post(
            second.path() + "/revocation", Map.of("reason", "superseded"), "Idempotency-Key", "k"),
        422);
    assertProblem("issue", issue(http, "k"), 422);
    assertThat(issue(http, "issued").status()).isEqualTo(201);
    assertProblem("issued", revoke(http, Map.of("reason", "superseded"), "issued"), 422);
    assertThat(deeds()).containsExactly("CERTIFICATE_REVOKED");
  }

  @Test
  void theKeyOpensNothingToOthers() {
    revoke(operator, HOLD, "k");
    Tenant.Home other = tenants.fresh("dns:internal.test");
    assertProblem("others", revoke(other.http(), Map.of("reason", "superseded"), "k"), 404);
    assertThat(book.number("select count(*) from request_key where caller = ?", tokenOf(other)))
        .as("what was refused binds no key")
        .isZero();
  }

  @Test
  void twentyAtOnce() throws Exception {
    allAnswer(() -> revoke(operator, HOLD, "k"), "held");
    allAnswer(() -> release("l"), "good");
    assertThat(deeds()).containsExactly("CERTIFICATE_HELD", "CERTIFICATE_RELEASED");
  }

  @Test
  void aKeyOfTenThousandCharacters() {
    String key = "k".repeat(10_000);
    assertProblem("revoke", revoke(operator, HOLD, key), 400);
    assertProblem("release", release(key), 400);
    assertProblem("issue", issue(home.http(), key), 400);
    Http spent = Http.with(tenants.token(home, Tenant.TokenTerms.uses(1)));
    assertThat(issue(spent, "once").status()).isEqualTo(201);
    assertProblem("spent token", issue(spent, key), 401);
    assertThat(deeds()).isEmpty();
  }

  private void allAnswer(Callable<Http.Answer> ask, String status) throws Exception {
    List<Callable<Http.Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(ask);
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      for (Future<Http.Answer> one : threads.invokeAll(tasks)) {
        assertStatus(one.get(), status);
      }
    }
  }

  private Http.Answer revoke(Http http, Map<String, String> ask, String key) {
    return http.post(path(), ask, "Idempotency-Key", key);
  }

  private Http.Answer release(String key) {
    return operator.delete(path(), "Idempotency-Key", key);
  }

  private static Http.Answer issue(Http http, String key) {
    return http.post(
        "/v1/certificates",
        Map.of("profile", "tls-server", "csr", Csrs.ec("").dns("c.internal.test").build().pem()),
        "Idempotency-Key",
        key);
  }

  private static void assertStatus(Http.Answer answer, String status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("status").asText()).isEqualTo(status);
  }

  private String hashOf(String key) {
    return book.texts(
            "select request_hash from request_key where key = ? and serial = ?", key, serial())
        .getFirst();
  }

  private List<String> deeds() {
    return book.texts(
        "select kind from ledger_entry where subject = ? and kind not in ('CERTIFICATE_RESERVED',"
            + " 'CERTIFICATE_ISSUED') order by id",
        serial());
  }

  private static String tokenOf(Tenant.Home home) {
    return "token:" + home.id() + "-token";
  }

  private String path() {
    return holder.path() + "/revocation";
  }

  private String serial() {
    return holder.serial();
  }
}
