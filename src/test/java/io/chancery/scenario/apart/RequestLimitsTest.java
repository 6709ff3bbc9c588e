package io.chancery.scenario.apart;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.scenario.KeptConnection;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How fast, how large and how slow a request may be, and who shows what is not accepted. */
@QuarkusTest
@TestProfile(RequestLimitsTest.LowLimits.class)
@WithTestResource(World.class)
class RequestLimitsTest {
  private static final int OF_A_CALLER = 20;
  private static final int OF_AN_ORGANIZATION = 30;
  private static final String LIST = "/v1/certificates?limit=1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Reached in a moment, and hardly refilled meanwhile. */
  public static final class LowLimits implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chancery.rates.caller-per-minute", String.valueOf(OF_A_CALLER),
          "chancery.rates.organization-per-minute", String.valueOf(OF_AN_ORGANIZATION),
          "chancery.rates.address-per-minute", "400",
          "chancery.logins.failures-per-minute", "3",
          "chancery.logins.address-failures-per-minute", "12",
          "chancery.requests.body-time", "1s");
    }
  }

  @Inject Tenant tenant;
  @Inject Book book;

  @Test
  void answersSayHowMuchIsLeft() {
    Http http = tenant.fresh("dns:told.test").http();
    Http.Answer first = http.get(LIST);
    assertThat(first.status()).isEqualTo(200);
    assertThat(header(first, "RateLimit-Policy"))
        .isEqualTo("\"address\";q=400;w=60, \"caller\";q=20;w=60, \"organization\";q=30;w=60");
    assertThat(header(first, "RateLimit"))
        .matches("\"address\";r=\\d+;t=\\d+, \"caller\";r=19;t=3, \"organization\";r=29;t=2");
    assertThat(header(http.get("/v1/certificates/00"), "RateLimit")).contains("\"caller\";r=1");
  }

  @Test
  void aCallerAndItsOrganizationAreSlowedAndNobodyElseIs() {
    Tenant.Home home = tenant.fresh("dns:fast.test");
    Http other = Http.with(tenant.token(home, Tenant.TokenTerms.uses(9)));
    Http.Answer refused = untilRefused(home.http(), OF_A_CALLER + 5);
    assertThat(assertProblem("caller", refused, 429).get("detail").asText())
        .contains("this caller", "20 a minute");
    assertThat(Long.parseLong(header(refused, "Retry-After"))).isBetween(1L, 60L);
    assertThat(header(refused, "RateLimit")).contains("\"caller\";r=0");
    assertThat(other.get(LIST).status()).as("another caller").isEqualTo(200);
    Http.Answer spent = untilRefused(other, OF_AN_ORGANIZATION);
    assertThat(spent.json().get("detail").asText()).contains("this organization");
    assertThat(tenant.fresh("dns:calm.test").http().get(LIST).status())
        .as("another organization")
        .isEqualTo(200);
    // Many refusals, one whole entry: the rest is a number, once the minute is over.
    untilRefused(home.http(), 1);
    assertThat(
            book.texts(
                "select convert_from(body, 'UTF8') from ledger_entry where kind ="
                    + " 'REQUEST_TURNED_AWAY' and actor = ?",
                "token:" + home.id() + "-token"))
        .singleElement()
        .asString()
        .contains("\"rule\":\"rate\"", "this caller");
  }

  @Test
  void anAddressIsSlowedBeforeAnybodyIsKnown() {
    try (KeptConnection flood = KeptConnection.anonymousFrom("127.0.0.21")) {
      int status = 0;
      for (int i = 0; i < 1_000 && status != 429; i++) {
        status = flood.get(LIST);
      }
      assertThat(status).isEqualTo(429);
    }
    assertThat(Http.anonymous().get(LIST).status()).as("another address").isEqualTo(401);
  }

  @Test
  void aCredentialThatFailsAgainAndAgainHasToWaitWhereItFailed() {
    String wrong = "Authorization: Bearer chancery_wrong";
    String good = "Authorization: Bearer " + tenant.fresh("dns:good.test").token();
    try (KeptConnection one = KeptConnection.anonymousFrom("127.0.0.22");
        KeptConnection other = KeptConnection.anonymousFrom("127.0.0.23")) {
      for (int i = 0; i < 3; i++) {
        assertThat(one.answer("GET", LIST, wrong).status()).isEqualTo(401);
      }
      assertThat(one.answer("GET", LIST, wrong).status()).isEqualTo(429);
      assertThat(other.answer("GET", LIST, wrong).status()).as("elsewhere").isEqualTo(401);
      assertThat(one.answer("GET", LIST, good).status()).as("another credential").isEqualTo(200);
      // However many others fail there, what is accepted passes.
      int status = 0;
      for (int i = 0; i < 40 && status != 429; i++) {
        status = one.answer("GET", LIST, wrong + i).status();
      }
      assertThat(status).isEqualTo(429);
      assertThat(one.answer("GET", LIST, good).status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatIsTooLargeForItsRouteIsNotRead() throws IOException {
    Tenant.Home home = tenant.fresh("dns:large.test");
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + home.token()
            + "\r\n%s\r\n\r\n";
    try (KeptConnection told = KeptConnection.anonymous()) {
      // Not one octet of it is sent, and the answer is there.
      told.send(head.formatted("/v1/organizations", "Content-Length: 20000"));
      assertThat(told.answered().status()).isEqualTo(413);
    }
    try (KeptConnection untold = KeptConnection.anonymous()) {
      untold.send(
          head.formatted("/v1/certificates/00/revocation", "Transfer-Encoding: chunked")
              + "5000\r\n{"
              + " ".repeat(0x5000 - 1)
              + "\r\n");
      assertThat(untold.answered().status()).isEqualTo(413);
    }
    // The same size where a request may be as large.
    assertThat(
            home.http()
                .post(
                    "/v1/certificates", Map.of("profile", "tls-server", "csr", " ".repeat(20_000)))
                .status())
        .isEqualTo(400);
  }

  @Test
  void whoSendsABodyOctetByOctetIsCut() throws Exception {
    Tenant.Home home = tenant.fresh("dns:slow.test");
    Csrs.Made made = Csrs.ec("").dns("slow.test").build();
    assertThat(made.pem()).isNotEmpty();
    try (KeptConnection slow = KeptConnection.anonymous()) {
      slow.send(
          "POST /v1/certificates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Authorization: Bearer "
              + home.token()
              + "\r\nContent-Length: 5000\r\n\r\n");
      Instant end = Instant.now().plus(PATIENCE);
      assertThatThrownBy(
              () -> {
                while (Instant.now().isBefore(end)) {
                  slow.send(" ");
                  Thread.sleep(50);
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(home.http().get(LIST).status()).isEqualTo(200);
  }

  @Test
  void aRoleThatIsMissingStandsOnTheRoll() {
    Tenant.Home home = tenant.fresh("dns:roles.test");
    assertProblem("auditors only", home.http().get("/v1/ledger/entries?subject=x"), 403);
    assertThat(
            book.texts(
                "select convert_from(body, 'UTF8') from ledger_entry where kind ="
                    + " 'REQUEST_TURNED_AWAY' and actor = ?",
                "token:" + home.id() + "-token"))
        .singleElement()
        .asString()
        .contains("\"rule\":\"role\"", "auditor");
  }

  private static Http.Answer untilRefused(Http http, int most) {
    Http.Answer answer = http.get(LIST);
    for (int i = 0; i < most && answer.status() == 200; i++) {
      answer = http.get(LIST);
    }
    assertThat(answer.status()).isEqualTo(429);
    return answer;
  }

  private static String header(Http.Answer answer, String name) {
    return answer.raw().headers().firstValue(name).orElse("");
  }
}
