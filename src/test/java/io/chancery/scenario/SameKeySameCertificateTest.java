package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

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

/** The same Idempotency-Key with the same request gives the same certificate. */
@QuarkusTest
@WithTestResource(World.class)
class SameKeySameCertificateTest {
  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;
  private final Map<String, String> ask =
      Map.of("profile", "tls-server", "csr", Csrs.ec("").dns("a.internal.test").build().pem());

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
  }

  @Test
  void oneAfterTheOther() {
    Http.Answer first = post(home.http(), "key-1");
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    for (int i = 0; i < 3; i++) {
      Http.Answer again = post(home.http(), "key-1");
      assertThat(again.status()).isEqualTo(201);
      assertThat(certificate(again)).isEqualTo(certificate(first));
    }
    assertThat(certificate(post(home.http(), "key-2"))).isNotEqualTo(certificate(first));
    assertThat(issued()).isEqualTo(2);
  }

  @Test
  void anotherRequestUnderTheKeyIsRefused() {
    post(home.http(), "key-1");
    Map<String, String> other =
        Map.of("profile", "tls-server", "csr", Csrs.ec("").dns("b.internal.test").build().pem());
    assertThat(
            assertProblem(
                    "another request",
                    home.http().post("/v1/certificates", other, "Idempotency-Key", "key-1"),
                    422)
                .get("rule")
                .asText())
        .isEqualTo("idempotency-key");
    assertThat(issued()).isEqualTo(1);
  }

  @Test
  void theKeyIsTheCallersOwn() {
    Tenant.Home other = tenants.fresh("dns:internal.test");
    assertThat(certificate(post(home.http(), "key-1")))
        .isNotEqualTo(certificate(post(other.http(), "key-1")));
  }

  @Test
  void twentyAtOnce() throws Exception {
    List<Callable<Http.Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(() -> post(home.http(), "key-1"));
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      List<String> certificates = new ArrayList<>();
      for (Future<Http.Answer> one : threads.invokeAll(tasks)) {
        assertThat(one.get().status()).as(one.get().text()).isEqualTo(201);
        certificates.add(certificate(one.get()));
      }
      assertThat(certificates.stream().distinct()).hasSize(1);
    }
    assertThat(issued()).isEqualTo(1);
    assertThat(book.number("select count(*) from reservation where organization = ?", id()))
        .isZero();
    assertThat(
            book.number(
                "select count(*) from ledger_entry where organization = ?"
                    + " and kind = 'CERTIFICATE_ISSUED'",
                id()))
        .isEqualTo(1);
  }

  @Test
  void twentyAtOnceWithATokenForOne() throws Exception {
    Http http = Http.with(tenants.token(home, Tenant.TokenTerms.uses(1)));
    List<Callable<Http.Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(() -> post(http, "key-1"));
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      for (Future<Http.Answer> one : threads.invokeAll(tasks)) {
        assertThat(one.get().status()).as(one.get().text()).isEqualTo(201);
      }
    }
    assertThat(issued()).isEqualTo(1);
  }

  @Test
  void aSpentTokenStillGetsItsAnswer() {
    Http http = Http.with(tenants.token(home, Tenant.TokenTerms.uses(1)));
    Http.Answer first = post(http, "key-1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(certificate(post(http, "key-1"))).isEqualTo(certificate(first));
    assertProblem("another key", post(http, "key-2"), 401);
    assertProblem("no key", http.post("/v1/certificates", ask), 401);
    assertProblem("another route", http.get("/v1/certificates"), 401);
  }

  @Test
  void keysThatAreNone() {
    for (String key : new String[] {"k".repeat(201), "a b"}) {
      assertProblem(key, post(home.http(), key), 400);
    }
    assertThat(post(home.http(), "k".repeat(200)).status()).isEqualTo(201);
  }

  private Http.Answer post(Http http, String key) {
    return http.post("/v1/certificates", ask, "Idempotency-Key", key);
  }

  private static String certificate(Http.Answer answer) {
    return answer.json().get("certificate").asText();
  }

  private long issued() {
    return book.number("select count(*) from certificate where organization = ?", id());
  }

  private String id() {
    return home.id().value();
  }
}
