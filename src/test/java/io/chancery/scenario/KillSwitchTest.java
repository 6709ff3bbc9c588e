package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
import io.chancery.approval.ApprovalNow;
import io.chancery.issuance.Issuers;
import io.chancery.testing.Book;
import io.chancery.testing.Consent;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.warrant.SigningSwitch;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One person stops all signing but that of status; two others let it go on. */
@QuarkusTest
@WithTestResource(World.class)
class KillSwitchTest {
  @Inject Tenant tenants;
  @Inject Book book;
  @Inject Issuers issuers;
  @Inject SigningSwitch here;
  @Inject ApprovalNow job;

  private Tenant.Home home;
  private Tenant.Holder operator;
  private Tenant.Holder alice;
  private Tenant.Holder bob;
  private Tenant.Holder served;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
    operator = tenants.person(Role.OPERATOR);
    alice = tenants.person(Role.APPROVER);
    bob = tenants.person(Role.APPROVER);
    served = home.enrol("tls-client", Csrs.ec("").dns("c.internal.test"));
  }

  /** The other tests go on, whatever became of this one. */
  @AfterEach
  void letGo() throws Exception {
    book.change("update signing_halt set resumed_at = now() where resumed_at is null");
    await().atMost(Duration.ofSeconds(30)).until(() -> here.halt().isEmpty());
  }

  @Test
  void nothingIsSignedButStatusUntilTwoOthersLetItGoOn() throws Exception {
    String waiting =
        home.http()
            .post("/v1/certificates", ask("approved-by-one"))
            .json()
            .get("proposal")
            .asText();
    assertProblem("no reason", operator.http().post("/v1/signing/halt", Map.of()), 400);
    assertProblem(
        "an approver halts nothing",
        alice.http().post("/v1/signing/halt", Map.of("reason", "x")),
        403);
    Http.Answer halted = operator.http().post("/v1/signing/halt", Map.of("reason", "stolen key"));
    assertThat(halted.status()).as(halted.text()).isEqualTo(200);
    assertThat(halted.json().get("state").asText()).isEqualTo("halted");

    Http.Answer refused = home.http().post("/v1/certificates", ask("tls-server"));
    assertProblem("halted", refused, 503);
    assertThat(refused.text()).contains("stolen key");
    assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
    // What others approve meanwhile waits.
    assertThat(Consent.approve(alice, waiting).json().get("state").asText()).isEqualTo("APPROVED");
    job.now();
    assertThat(state(waiting)).isEqualTo("APPROVED");

    // Status: a revocation reaches a new CRL and a fresh, signed OCSP answer.
    assertThat(
            operator
                .http()
                .post(served.path() + "/revocation", Map.of("reason", "superseded"))
                .status())
        .isEqualTo(200);
    OcspQuestions questions = OcspQuestions.of(issuers);
    byte[] asked =
        questions.withNonce(new byte[] {1, 2, 3, 4}, new BigInteger(served.serial(), 16));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                OcspQuestions.verdicts(
                        Http.plain().post("/ocsp", "application/ocsp-request", asked).body())
                    .getFirst()
                    .contains("revoked"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                book.number(
                        "select count(*) from status_change where serial = ?"
                            + " and crl_number is not null",
                        served.serial())
                    > 0);
    assertThat(Http.management().get("/q/health/ready").text()).contains("halted since");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> home.http().get("/v1/alerts").text().contains("signing-halted"));

    // One is not enough, and whoever proposes does not count.
    String id = resumption();
    assertProblem("alone", Consent.breakGlass(operator, id, "now"), 422);
    assertThat(Consent.approve(alice, id).json().get("state").asText()).isEqualTo("PENDING");
    assertProblem("twice", Consent.approve(alice, id), 409);
    assertProblem("still", home.http().post("/v1/certificates", ask("tls-server")), 503);
    assertThat(Consent.approve(bob, id).json().get("state").asText()).isEqualTo("CARRIED_OUT");
    await().atMost(Duration.ofSeconds(30)).until(() -> here.halt().isEmpty());
    assertThat(home.http().post("/v1/certificates", ask("tls-server")).status()).isEqualTo(201);
    job.now();
    assertThat(state(waiting)).isEqualTo("CARRIED_OUT");
  }

  @Test
  void anApprovalOpensOneHaltAndNoOther() throws Exception {
    halt();
    String old = resumption();
    assertThat(Consent.approve(alice, old).status()).isEqualTo(200);
    letGo();
    halt();
    assertThat(Consent.approve(bob, old).json().get("state").asText()).isEqualTo("FAILED");
    assertThat(operator.http().get("/v1/signing").json().get("state").asText()).isEqualTo("halted");
  }

  @Test
  void whatAnotherReplicaHaltsIsHaltedHere() throws Exception {
    book.change(
        "with told as (select pg_notify('signing_halt', '')) insert into signing_halt"
            + " select gen_random_uuid(), 'elsewhere', 'person:x', now(), null from told");
    // At the latest by the transaction that would reserve.
    assertProblem("at once", home.http().post("/v1/certificates", ask("tls-server")), 503);
    await().atMost(Duration.ofSeconds(30)).until(() -> here.halt().isPresent());
  }

  private void halt() {
    assertThat(operator.http().post("/v1/signing/halt", Map.of("reason", "a drill")).status())
        .isEqualTo(200);
  }

  private String resumption() {
    Http.Answer proposed =
        operator.http().post("/v1/signing/resumption", Map.of("comment", "all clear"));
    assertThat(proposed.status()).as(proposed.text()).isEqualTo(202);
    return proposed.json().get("id").asText();
  }

  private String state(String id) {
    return book.texts("select state from proposal where id = cast(? as uuid)", id).getFirst();
  }

  private static Map<String, String> ask(String profile) {
    return Map.of("profile", profile, "csr", Csrs.ec("").dns("a.internal.test").build().pem());
  }
}
