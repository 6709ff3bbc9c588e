package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.LogLines;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.Der;
import io.chancery.x509.Pem;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that bad input gets, over the wire, through both doors. */
@QuarkusTest
@WithTestResource(World.class)
class BadInputIsRefusedTest {
  private static final String JSON = "application/json";
  private static final String PKCS10 = "application/pkcs10";
  private static final String DOOR = "/v1/certificates?profile=tls-server";

  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Home home;
  private LogLines log;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
    log = LogLines.open();
  }

  @AfterEach
  void nothingWasIssuedAndNothingLeaked() {
    log.close();
    assertThat(book.number("select count(*) from certificate where organization = ?", id()))
        .isZero();
    assertThat(book.number("select count(*) from reservation where organization = ?", id()))
        .isZero();
    assertThat(log.lines())
        .noneMatch(line -> line.contains("CERTIFICATE REQUEST"))
        .noneMatch(line -> line.contains("\n" + HostileRequests.MARK))
        .noneMatch(line -> line.contains("a bug"))
        .noneMatch(line -> line.chars().anyMatch(c -> c == 0 || c == 0x202e));
  }

  @Test
  void malformedRequestsGet400ThroughEveryDoor() throws Exception {
    for (var attack : HostileRequests.malformed().entrySet()) {
      throughEveryDoor(attack.getKey(), attack.getValue(), 400);
    }
  }

  @Test
  void greedyRequestsGet422WithRuleAndRemedy() {
    for (var attack : HostileRequests.greedy().entrySet()) {
      for (JsonNode problem : throughEveryDoor(attack.getKey(), attack.getValue(), 422).values()) {
        assertThat(problem.path("rule").asText()).as(attack.getKey()).isNotBlank();
        assertThat(problem.path("remedy").asText()).as(attack.getKey()).isNotBlank();
      }
    }
  }

  @Test
  void whatIsTooLargeGets413() {
    byte[] large = HostileRequests.tooLarge();
    assertProblem("DER", home.http().post(DOOR, PKCS10, large), 413);
    assertProblem("JSON", home.http().post("/v1/certificates", ask(pem(large))), 413);
    // Past the listener's own limit nobody reads on.
    try (KeptConnection connection = KeptConnection.anonymous()) {
      assertThat(
              connection
                  .answer(
                      "POST",
                      DOOR,
                      "Content-Type: " + PKCS10,
                      "Authorization: Bearer " + home.token(),
                      "Content-Length: 200000")
                  .status())
          .isEqualTo(413);
    }
  }

  @Test
  void emptyBodiesGet400() {
    assertProblem("pkcs10", home.http().send("POST", DOOR, PKCS10, new byte[0]), 400);
    assertProblem("json", home.http().send("POST", "/v1/certificates", JSON, new byte[0]), 400);
    assertProblem("csr", home.http().post("/v1/certificates", ask("")), 400);
    assertProblem("blank csr", home.http().post("/v1/certificates", ask("  \n ")), 400);
  }

  @Test
  void profilesThatAreNotThere() {
    String csr = HostileRequests.good().build().pem();
    for (String name :
        new String[] {"no-such-profile", "../tls-server", "TLS", "a\r\nb", "\u0000"}) {
      assertProblem(
          name.strip(),
          home.http().post("/v1/certificates", Map.of("profile", name, "csr", csr)),
          404);
    }
    JsonNode problem =
        assertProblem(
            "ocsp-responder",
            home.http().post("/v1/certificates", Map.of("profile", "ocsp-responder", "csr", csr)),
            422);
    assertThat(problem.path("rule").asText()).isEqualTo("profile-allowed");
    assertProblem("none", home.http().post("/v1/certificates", PKCS10, bytes(csr)), 400);
  }

  @Test
  void jsonThatIsNot() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("cut off", "{\"profile\": \"tls-server\", ");
    bodies.put("no JSON", "profile=tls-server");
    bodies.put("null", "null");
    bodies.put("a list", "[]");
    bodies.put("a number", "5");
    bodies.put("a list for a text", "{\"profile\": [\"tls-server\"]}");
    bodies.put("an object for a list", "{\"profile\": \"tls-server\", \"names\": {}}");
    bodies.put("an unknown key", "{\"profile\": \"tls-server\", \"isCa\": true}");
    bodies.put("a hostile key", "{\"a\\r\\n" + HostileRequests.MARK + "\\u202e\": 1}");
    bodies.put("deep", "{\"profile\":" + "[".repeat(20_000));
    bodies.put("half a surrogate pair", good(",\"contact\": \"\\ud800\""));
    bodies.put("NUL in the contact", good(",\"contact\": \"a\\u0000b\""));
    bodies.put("direction mark in the contact", good(",\"contact\": \"a\\u202eb\""));
    bodies.put("null among the names", good(",\"names\": [null]"));
    bodies.put("a name without a kind", good(",\"names\": [\"victim.internal.test\"]"));
    bodies.put("a name with a line end", good(",\"names\": [\"dns:a\\r\\nb.internal.test\"]"));
    bodies.put("a validity in words", good(",\"validity\": \"90 days\""));
    bodies.put("an endless validity", good(",\"validity\": \"P99999999999999999999D\""));
    bodies.put("a hostile organization", good(",\"organization\": \"../chancery\""));
    bodies.put("csr in base64 with noise", "{\"profile\":\"tls-server\",\"csr\":\"MII*!\"}");
    bodies.forEach(
        (what, body) ->
            assertProblem(what, home.http().post("/v1/certificates", JSON, bytes(body)), 400));
  }

  @Test
  void validitiesThatNoProfileGives() {
    for (String validity :
        new String[] {"PT0S", "-P1D", "PT1S", "PT5M", "P91D", "PT9223372036854775807S"}) {
      assertProblem(
          validity,
          home.http().post("/v1/certificates", JSON, bytes(good(validityOf(validity)))),
          422);
    }
  }

  @Test
  void wrongTypesAndMethods() {
    byte[] csr = HostileRequests.good().build().pemOctets();
    assertProblem("text", home.http().post("/v1/certificates", "text/plain", csr), 415);
    assertProblem("xml", home.http().post("/v1/certificates", "application/xml", csr), 415);
    assertProblem("no type is JSON", home.http().send("POST", "/v1/certificates", "", csr), 400);
    assertProblem("nonsense", home.http().post("/v1/certificates", "a/b/c;;", csr), 400);
    assertProblem("nonsense", home.http().get("/v1/certificates", "Accept", "a/b/c;;"), 400);
    assertProblem("method", home.http().delete("/v1/certificates"), 405);
    assertProblem("path", home.http().get("/v1/no-such-thing"), 404);
    assertProblem("accept", home.http().get("/v1/certificates", "Accept", "image/png"), 406);
  }

  @Test
  void questionsThatMakeNoSense() {
    Http auditor = tenants.person(Role.AUDITOR).http();
    Map<String, Integer> asked = new LinkedHashMap<>();
    asked.put("/v1/certificates/xyz", 400);
    asked.put("/v1/certificates/" + "f".repeat(41), 400);
    asked.put("/v1/certificates/0", 400);
    asked.put("/v1/certificates/-1", 400);
    asked.put("/v1/certificates/" + "f".repeat(40), 400);
    asked.put("/v1/certificates/%00", 400);
    asked.put("/v1/certificates/123456", 404);
    asked.put("/v1/certificates?cursor=nonsense", 400);
    asked.put("/v1/certificates?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTph", 400);
    asked.put("/v1/certificates?cursor=LTE6YQ", 400);
    asked.put("/v1/certificates?cursor=%00", 400);
    for (String limit : new String[] {"0", "-1", "501", "ten", "99999999999"}) {
      asked.put("/v1/certificates?limit=" + limit, 400);
    }
    asked.put("/v1/certificates?name=victim", 400);
    asked.put("/v1/certificates?name=dns:a%00b", 400);
    asked.put("/v1/certificates?name=ip:999.1.1.1", 400);
    asked.put("/v1/certificates?subject=%00", 400);
    asked.put("/v1/certificates?profile=a%00", 400);
    asked.put("/v1/certificates?issuer=%0d%0a" + HostileRequests.MARK, 400);
    asked.put("/v1/certificates?key=zz", 400);
    asked.put("/v1/certificates?status=fine", 400);
    asked.put("/v1/certificates?organization=..", 400);
    asked.put("/v1/certificates?expiresFrom=yesterday", 400);
    asked.put("/v1/certificates?expiresUntil=%2B1000000000-12-31T23:59:59Z", 400);
    asked.put("/v1/certificates?expiresFrom=-999999999-01-01T00:00:00Z", 400);
    asked.put("/v1/ledger/entries", 400);
    asked.put("/v1/ledger/entries?subject=%00", 400);
    asked.put("/v1/organizations/..%2fchancery", 400);
    asked.put("/v1/organizations/nobody-here", 404);
    asked.put("/v1/issuers/..", 404);
    asked.put("/v1/issuers/no-such-issuer", 404);
    asked.put("/crl/no-such-issuer.crl", 404);
    asked.put("/crl/%0d%0a.crl", 400);
    asked.put("/issuers/no-such-issuer.cer", 404);
    asked.forEach((path, status) -> assertProblem(path, auditor.get(path), status));
  }

  @Test
  void whoMayNotIsToldSo() {
    String csr = HostileRequests.good().build().pem();
    assertProblem(
        "a service that onboards", home.http().post("/v1/organizations", Map.of("id", "x")), 403);
    assertProblem("a service that audits", home.http().get("/v1/ledger/entries?subject=x"), 403);
    Http auditor = tenants.person(Role.AUDITOR).http();
    assertProblem(
        "an auditor that onboards", auditor.post("/v1/organizations", Map.of("id", "x")), 403);
    assertProblem(
        "an operator that audits",
        tenants.person(Role.OPERATOR).http().get("/v1/ledger/entries?subject=x"),
        403);
    assertProblem("nobody", Http.anonymous().post("/v1/certificates", ask(csr)), 401);
    assertProblem(
        "a wrong token", Http.with("chancery_nonsense").post("/v1/certificates", ask(csr)), 401);
    assertProblem(
        "for another organization",
        home.http()
            .post(
                "/v1/certificates",
                Map.of("profile", "tls-server", "csr", csr, "organization", "chancery")),
        404);
  }

  @Test
  void operatorsAreChecked() {
    Http operator = tenants.person(Role.OPERATOR).http();
    String tokens = "/v1/organizations/" + id() + "/tokens";
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("{}", "no label");
    bodies.put("{\"label\": \"a b\"}", "label with a space");
    bodies.put("{\"label\": \"ok-1\", \"uses\": 0}", "no uses");
    bodies.put("{\"label\": \"ok-1\", \"uses\": -1}", "negative uses");
    bodies.put("{\"label\": \"ok-1\", \"lifetime\": \"long\"}", "lifetime in words");
    bodies.put("{\"label\": \"ok-1\", \"lifetime\": \"PT0S\"}", "no lifetime");
    bodies.put("{\"label\": \"ok-1\", \"lifetime\": \"P400D\"}", "long lifetime");
    bodies.put("{\"label\": \"ok-1\", \"names\": [\"*\"]}", "bad pattern");
    bodies.put("{\"label\": \"ok-1\", \"names\": [null]}", "null pattern");
    bodies.put("{\"label\": \"ok-1\", \"profiles\": [null]}", "null profile");
    bodies.put("", "nothing");
    bodies.forEach(
        (body, what) -> assertProblem(what, operator.post(tokens, JSON, bytes(body)), 400));
    assertProblem(
        "unknown profile",
        operator.post(tokens, Map.of("label", "ok-1", "profiles", new String[] {"none"})),
        404);
    assertProblem(
        "unknown organization",
        operator.post("/v1/organizations/nobody-here/tokens", Map.of("label", "ok-1")),
        404);
    assertProblem(
        "unknown token", operator.delete(tokens + "/a%0d%0a" + HostileRequests.MARK), 404);
    assertProblem("NUL in a token", operator.delete(tokens + "/a%00"), 400);
    assertProblem(
        "name of an organization", operator.post("/v1/organizations", Map.of("id", "A B")), 400);
    assertProblem(
        "hostile display name",
        operator.post("/v1/organizations", Map.of("id", "fine", "displayName", "a\r\nb")),
        400);
    assertProblem(
        "twice", operator.post("/v1/organizations", Map.of("id", home.id().value())), 409);
  }

  private Map<String, JsonNode> throughEveryDoor(String what, byte[] der, int status) {
    Http http = home.http();
    String base64 = Base64.getEncoder().encodeToString(der);
    Map<String, Http.Answer> answers = new LinkedHashMap<>();
    answers.put("JSON, PEM", http.post("/v1/certificates", ask(pem(der))));
    answers.put("JSON, base64", http.post("/v1/certificates", ask(base64)));
    answers.put("JSON, preview", http.post("/v1/certificates/preview", ask(pem(der))));
    answers.put("pkcs10, DER", http.post(DOOR, PKCS10, der));
    answers.put("pkcs10, PEM", http.post(DOOR, PKCS10, bytes(pem(der))));
    answers.put("pkcs10, base64", http.post(DOOR, PKCS10, bytes(base64)));
    Map<String, JsonNode> problems = new LinkedHashMap<>();
    answers.forEach(
        (door, answer) -> {
          String name = what + " by " + door;
          if (door.endsWith("preview") && status == 422) {
            assertThat(answer.status()).as(name).isEqualTo(200);
            assertThat(answer.json().get("passes").asBoolean()).as(name).isFalse();
          } else {
            problems.put(door, assertProblem(name, answer, status));
          }
        });
    return problems;
  }

  private String id() {
    return home.id().value();
  }

  private static Map<String, String> ask(String csr) {
    return Map.of("profile", "tls-server", "csr", csr);
  }

  private static String validityOf(String text) {
    return ",\"validity\": \"" + text + "\"";
  }

  /** A good request with more members. */
  private static String good(String more) {
    return "{\"profile\": \"tls-server\", \"csr\": \""
        + Csrs.ec("").dns("victim.internal.test").build().pem().replace("\n", "\\n")
        + "\""
        + more
        + "}";
  }

  private static String pem(byte[] der) {
    return Pem.encode(Pem.REQUEST, Der.of(der));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
