package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.HsmWithSwitch;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that sends the same request again without a key gets the certificate that it has. */
@QuarkusTest
@WithTestResource(World.class)
class SameRequestWithoutAKeyTest {
  @Inject Tenant tenants;
  @Inject Book book;
  @Inject HsmWithSwitch hsm;

  private Tenant.Home home;
  private final Csrs.Made csr = Csrs.ec("").dns("a.internal.test").build();
  private final Map<String, Object> ask = Map.of("profile", "tls-server", "csr", csr.pem());

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
  }

  @AfterEach
  void mend() {
    hsm.set(HsmWithSwitch.Position.WORKS);
  }

  @Test
  void theSameAgainIsAnsweredWithTheSameAndSaysSo() {
    Http.Answer first = post(home.http(), ask);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().has("repeated")).isFalse();
    for (int i = 0; i < 3; i++) {
      Http.Answer again = assertRepeated(post(home.http(), ask));
      assertThat(again.json().get("repeated").asBoolean()).isTrue();
      assertThat(certificate(again)).isEqualTo(certificate(first));
      assertThat(again.raw().headers().firstValue("Location"))
          .isEqualTo(first.raw().headers().firstValue("Location"));
    }
    Http.Answer pem =
        assertRepeated(
            home.http()
                .post("/v1/certificates", ask, "Accept", "application/pem-certificate-chain"));
    assertThat(pem.text()).startsWith(certificate(first));
    assertThat(issued()).isEqualTo(1);
  }

  @Test
  void anythingElseIsAnotherRequest() {
    List<String> certificates = new ArrayList<>();
    certificates.add(certificate(post(home.http(), ask)));
    for (Map<String, Object> other :
        List.<Map<String, Object>>of(
            Map.of("profile", "tls-client"),
            Map.of("names", List.of("dns:b.internal.test")),
            Map.of("validity", "P7D"),
            Map.of("contact", "other@internal.test"),
            Map.of("csr", Csrs.ec("").dns("a.internal.test").build().pem()))) {
      Map<String, Object> changed = new HashMap<>(ask);
      changed.putAll(other);
      Http.Answer answer = post(home.http(), changed);
      assertThat(answer.status()).as("%s: %s", other, answer.text()).isEqualTo(201);
      certificates.add(certificate(answer));
    }
    certificates.add(certificate(post(tenants.fresh("dns:internal.test").http(), ask)));
    certificates.add(
        certificate(home.http().post("/v1/certificates", ask, "Idempotency-Key", "k")));
    assertThat(certificates).doesNotHaveDuplicates();
  }

  @Test
  void whatIsNoLongerGoodIsNotAnsweredAgain() {
    Http operator = tenants.person(Role.OPERATOR).http();
    Http.Answer first = post(home.http(), ask);
    operator.post(path(first), Map.of("reason", "certificateHold"));
    Http.Answer second = post(home.http(), ask);
    assertThat(second.status()).as("held").isEqualTo(201);
    assertThat(certificate(assertRepeated(post(home.http(), ask)))).isEqualTo(certificate(second));
    home.http().post(path(second), Map.of("reason", "superseded"));
    Http.Answer third = post(home.http(), ask);
    assertThat(third.status()).as("revoked").isEqualTo(201);
    home.http().post(path(third), Map.of("reason", "keyCompromise"));
    assertThat(assertProblem("known to others", post(home.http(), ask), 422).get("rule").asText())
        .isEqualTo("key-not-compromised");
  }

  @Test
  void afterTheWindowItIsANewRequest() throws Exception {
    Http.Answer first = post(home.http(), ask);
    book.change(
        "update recent_request set at = at - interval '11 minutes' where serial = ?",
        serial(first));
    Http.Answer second = post(home.http(), ask);
    assertThat(second.status()).isEqualTo(201);
    assertThat(certificate(second)).isNotEqualTo(certificate(first));
    assertRepeated(post(home.http(), ask));
  }

  @Test
  void whoLoopsIsToldToStop() throws Exception {
    Http.Answer first = post(home.http(), ask);
    book.change("update recent_request set repeats = 20 where serial = ?", serial(first));
    Http.Answer refused = post(home.http(), ask);
    assertThat(assertProblem("loop", refused, 429).get("detail").asText()).contains("20 repeats");
    assertThat(Long.parseLong(refused.raw().headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1L, 600L);
    assertThat(issued()).isEqualTo(1);
  }

  @Test
  void twentyAtOnceSpendOneUse() throws Exception {
    Http http = Http.with(tenants.token(home, Tenant.TokenTerms.uses(20)));
    List<Callable<Http.Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(() -> post(http, ask));
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      List<String> certificates = new ArrayList<>();
      for (Future<Http.Answer> one : threads.invokeAll(tasks)) {
        assertThat(one.get().status()).as(one.get().text()).isBetween(200, 201);
        certificates.add(certificate(one.get()));
      }
      assertThat(certificates.stream().distinct()).hasSize(1);
    }
    assertThat(issued()).isEqualTo(1);
    assertThat(
            book.number(
                "select min(uses_left) from enrolment_token where organization = ?",
                home.id().value()))
        .isEqualTo(19);
  }

  @Test
  void whatACrashLeftIsCompleted() {
    hsm.set(HsmWithSwitch.Position.LOSES_ANSWERS);
    assertProblem("lost", post(home.http(), ask), 503);
    String serial =
        book.texts("select serial from reservation where organization = ?", home.id().value())
            .getFirst();
    hsm.set(HsmWithSwitch.Position.WORKS);
    assertThat(serial(post(home.http(), ask))).isEqualTo(serial);
    assertThat(issued()).isEqualTo(1);
  }

  @Test
  void aRenewalThatIsSentAgain() {
    Tenant.Holder holder = home.enrol("tls-client", Csrs.ec("").dns("r.internal.test"));
    Map<String, String> renewal = Map.of("csr", Csrs.ec("").build().pem());
    Http.Answer first = holder.http().post(holder.path() + "/renewal", renewal);
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(certificate(assertRepeated(holder.http().post(holder.path() + "/renewal", renewal))))
        .isEqualTo(certificate(first));
  }

  private static Http.Answer post(Http http, Map<String, Object> ask) {
    return http.post("/v1/certificates", ask);
  }

  private static Http.Answer assertRepeated(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.raw().headers().firstValue("Chancery-Repeated")).hasValue("true");
    return answer;
  }

  private static String certificate(Http.Answer answer) {
    return answer.json().get("certificate").asText();
  }

  private static String serial(Http.Answer answer) {
    return answer.json().get("serial").asText();
  }

  private static String path(Http.Answer answer) {
    return "/v1/certificates/" + serial(answer) + "/revocation";
  }

  private long issued() {
    return book.number(
        "select count(*) from certificate where organization = ?", home.id().value());
  }
}
