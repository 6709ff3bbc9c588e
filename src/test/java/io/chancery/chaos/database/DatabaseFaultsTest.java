package io.chancery.chaos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each fault of a database as an outsider sees it: what was signed is served, deeds are refused
 * soon and in words or done, and when it is over the same request gets its one certificate.
 */
@QuarkusTest
@WithTestResource(value = World.class, initArgs = @ResourceArg(name = World.HARMED, value = "yes"))
class DatabaseFaultsTest {
  /** Pool and lock limits in a row, on a machine that does other things as well. */
  private static final Duration SOON = Duration.ofSeconds(12);

  private static final Duration HEALED = Duration.ofSeconds(10);

  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;
  private Tenant.Holder known;
  private Tenant.Holder operator;

  @BeforeEach
  void somethingThatWasSigned() {
    home = tenants.fresh("dns:internal.test");
    known = home.enrol("tls-client", Csrs.ec("").dns("known.internal.test"));
    operator = tenants.person(Role.OPERATOR);
    assertThat(Questions.ocsp(known)).isEqualTo(Questions.Word.GOOD);
  }

  /** A request that is sent until it is answered, always with the same key. */
  private record Asked(String name, Csrs.Made made, String key) {
    static Asked fresh() {
      String name = "x" + UUID.randomUUID() + ".internal.test";
      return new Asked(name, Csrs.ec("").dns(name).build(), UUID.randomUUID().toString());
    }

    Http.Answer by(Tenant.Home home) {
      return home.http()
          .post(
              "/v1/certificates",
              Map.of("profile", "tls-client", "csr", made.pem()),
              "Idempotency-Key",
              key);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postmaster-killed",
        "backends-stopped",
        "read-only",
        "disk-full",
        "connections-used-up",
        "locked",
        "black-hole",
        "commit-lost",
        "commit-answer-lost",
        "commit-unheard",
        "commit-answer-unheard",
        "commit-fails"
      })
  void isSurvived(String name) {
    survive(name, Asked.fresh());
  }

  /** The others are drawn by {@link DatabaseChaosTest}. */
  @ParameterizedTest
  @ValueSource(strings = {"certificate", "ledger_queue"})
  void anInsertThatFailsUndoesAll(String table) {
    survive("insert-fails-" + table, Asked.fresh());
  }

  private void survive(String name, Asked asked) {
    DatabaseFault fault = Harm.fault(name);
    fault.begin();
    Optional<Http.Answer> first;
    try {
      first = Optional.of(deed(name, () -> asked.by(home)));
      deed(name, () -> home.http().get("/v1/certificates?limit=5"));
      deed(name, () -> Asked.fresh().by(home));
      whatWasSignedIsServed();
      if (first.get().status() == 503) {
        healthNamesTheDatabase();
      }
    } finally {
      fault.end();
    }
    long over = System.nanoTime();
    Http.Answer answer =
        await(name).atMost(HEALED).until(() -> asked.by(home), one -> one.status() < 300);
    System.out.printf("%s: issues again after %d ms%n", name, millisSince(over));
    everyOneAfterwardsIsAnswered();
    one(asked, answer);
    jobsGoOn();
  }

  private interface Request {
    Http.Answer send();
  }

  /** Done, or refused as a part that is away; not slowly. */
  private static Http.Answer deed(String name, Request request) {
    long start = System.nanoTime();
    Http.Answer answer = request.send();
    long took = millisSince(start);
    String what = "%s: %d after %d ms: %s".formatted(name, answer.status(), took, problem(answer));
    System.out.println(what);
    assertThat(answer.status()).as(what).isIn(200, 201, 503);
    assertThat(took).as(what).isLessThan(SOON.toMillis());
    if (answer.status() == 503) {
      assertThat(answer.raw().headers().firstValue("Retry-After")).as(what).isPresent();
      assertThat(answer.json().get("type").asText()).isEqualTo("urn:chancery:problem:unavailable");
    }
    return answer;
  }

  private static String problem(Http.Answer answer) {
    return answer.status() < 300 ? "done" : answer.text();
  }

  private void whatWasSignedIsServed() {
    assertThat(Http.plain().get("/crl/issuing.crl").status()).as("CRL").isEqualTo(200);
    assertThat(Http.plain().get("/crl/issuing/delta.crl").status()).as("delta").isEqualTo(200);
    assertThat(Http.anonymous().get("/v1/trust").status()).as("trust").isEqualTo(200);
    assertThat(Questions.ocsp(known)).as("OCSP").isEqualTo(Questions.Word.GOOD);
    assertThat(Http.management().get("/q/health/ready").status()).as("ready").isEqualTo(200);
  }

  private static void healthNamesTheDatabase() {
    Http.Answer well = Http.management().get("/q/health/well");
    assertThat(well.status()).as(well.text()).isEqualTo(503);
    for (JsonNode check : well.json().get("checks")) {
      if (check.get("name").asText().equals("database")) {
        assertThat(check.get("status").asText()).as(well.text()).isEqualTo("DOWN");
        assertThat(Instant.parse(check.get("data").get("since").asText()))
            .isBefore(Instant.now().plusSeconds(1));
        assertThat(check.get("data").get("trouble").asText()).isNotEmpty();
        return;
      }
    }
    throw new AssertionError("health does not speak of the database: " + well.text());
  }

  private void everyOneAfterwardsIsAnswered() {
    for (int i = 0; i < 5; i++) {
      Http.Answer answer = Asked.fresh().by(home);
      assertThat(answer.status()).as("no dead connection: %s", answer.text()).isEqualTo(201);
      assertThat(home.http().get("/v1/certificates?limit=1").status()).isEqualTo(200);
    }
  }

  private void one(Asked asked, Http.Answer answer) {
    String certificate = answer.json().get("certificate").asText();
    assertThat(asked.by(home).json().get("certificate").asText()).isEqualTo(certificate);
    assertThat(
            book.number(
                "select count(*) from certificate where ? = any (names)", "dns:" + asked.name()))
        .as("one certificate, one serial")
        .isEqualTo(1);
    assertThat(
            book.number(
                "select count(*) from ledger_entry e join certificate c on c.serial = e.subject"
                    + " where e.kind = 'CERTIFICATE_ISSUED' and ? = any (c.names)",
                "dns:" + asked.name()))
        .isEqualTo(1);
  }

  /** Sequencer, CRLs, OCSP ahead and the beat are where they were. */
  private void jobsGoOn() {
    long entries = book.number("select count(*) from ledger_entry");
    Http.Answer revoked =
        operator.http().post(known.path() + "/revocation", Map.of("reason", "superseded"));
    assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
    await("OCSP").atMost(HEALED).until(() -> Questions.ocsp(known) == Questions.Word.REVOKED);
    await("CRLs, delta and whole")
        .atMost(HEALED)
        .until(
            () ->
                book.number(
                        "select count(distinct base is null) from crl where this_update >="
                            + " (select date_trunc('second', status_since) from certificate where serial = ?)",
                        known.serial())
                    == 2);
    await("the ledger")
        .atMost(HEALED)
        .until(
            () ->
                book.number(
                        "select coalesce(max(size), 0) from ledger_checkpoint"
                            + " where published_at is not null")
                    > entries);
    await("health")
        .atMost(HEALED)
        .until(() -> Http.management().get("/q/health/well").status() == 200);
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
