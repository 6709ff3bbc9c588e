package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.Issuers;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import io.chancery.ledger.Redo;
import io.chancery.testing.Book;
import io.chancery.testing.Consent;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.warrant.Verdict;
import io.quarkus.arc.All;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many certificates in one step: the list that was approved, all of it, and nothing else. */
@QuarkusTest
@WithTestResource(World.class)
class BulkRevocationTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int MANY = 300;

  @Inject Tenant tenants;
  @Inject Issuers issuers;
  @Inject Book book;
  @Inject Transactions transactions;
  @Inject @All List<Redo> all;

  private Tenant.Home home;
  private Http operator;
  private Tenant.Holder approver;

  @BeforeEach
  void prepare() {
    home = tenants.fresh("dns:internal.test");
    operator = tenants.person(Role.OPERATOR).http();
    approver = tenants.person(Role.APPROVER);
  }

  @Test
  void theApprovedListEndsInOneStepAndNothingElseDoes() throws Exception {
    Tenant.Holder first = enrol("a");
    clone(first, MANY - 1);
    JsonNode preview = post("/v1/revocations/preview", Map.of("selection", own(), "limit", 10));
    assertThat(preview.get("count").asInt()).isEqualTo(MANY);
    assertThat(preview.get("items")).hasSize(10);
    assertThat(preview.get("next").asText()).isNotBlank();
    assertThat(preview.get("byOrganization").get(0).get("value").asText())
        .isEqualTo(home.id().value());

    JsonNode made = list(Map.of("fingerprint", preview.get("fingerprint").asText()));
    String id = id(made);
    String text = operator.get("/v1/revocations/" + id + "/list").text();
    assertThat(sha256(text)).isEqualTo(made.at("/bulk/sha256").asText());
    assertThat(text.lines().filter(line -> line.matches("[0-9a-f]{38,40}")))
        .hasSize(MANY)
        .isSorted();
    // Issued after the list was made.
    Tenant.Holder later = enrol("later");
    assertThat(status(first)).isEqualTo("good");
    assertProblem(
        "another fingerprint",
        operator.post("/v1/revocations", body(Map.of("fingerprint", "0".repeat(64)))),
        409);

    approve(made);
    JsonNode report = report(id);
    assertThat(report.at("/bulk/state").asText()).isEqualTo("done");
    assertThat(report.at("/bulk/revoked").asInt()).isEqualTo(MANY);
    assertThat(report.at("/left/not-listed").asInt()).isEqualTo(1);
    assertThat(status(later)).isEqualTo("good");
    assertThat(status(first)).isEqualTo("revoked");
    visible(first, later);
    roll(id);
    // Approved again, or carried out again: nothing more happens.
    assertThat(book.number("select count(*) from status_change s" + OF_HOME, home.id().value()))
        .isEqualTo(MANY);
  }

  /** No CRL has ever shown a part of them. */
  private void visible(Tenant.Holder first, Tenant.Holder later) {
    OcspQuestions questions = OcspQuestions.of(issuers);
    List<String> serials =
        book.texts(
            "select serial from certificate where organization = ? and status = 'revoked'",
            home.id().value());
    assertThat(serials).hasSize(MANY);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              for (String serial : serials) {
                byte[] question = questions.about(new BigInteger(serial, 16));
                assertThat(OcspQuestions.verdicts(ocsp(question))).containsExactly("revoked");
              }
            });
    assertThat(OcspQuestions.verdicts(ocsp(questions.about(later.certificate().serial().value()))))
        .containsExactly("good");
    for (String path : List.of(PublishedCrls.DELTA, PublishedCrls.WHOLE)) {
      PublishedCrls.await(
          path,
          SOON,
          crl -> {
            long listed =
                serials.stream()
                    .filter(s -> crl.getRevokedCertificate(new BigInteger(s, 16)) != null)
                    .count();
            assertThat(listed).as(path).isIn(0L, (long) MANY);
            return crl.getRevokedCertificate(first.certificate().serial().value()) != null;
          });
    }
  }

  private void roll(String id) {
    assertThat(
            book.number(
                "select count(*) from ledger_entry where kind = 'CERTIFICATE_REVOKED'"
                    + " and organization = ? and convert_from(body, 'UTF8') like ?",
                home.id().value(),
                "%\"bulk\":\"" + id + "\"%"))
        .isEqualTo(MANY);
    assertThat(book.texts("select kind from ledger_entry where subject = ? order by id", id))
        .containsExactly("BULK_REVOCATION_LISTED", "BULK_REVOCATION_DONE");
  }

  @Test
  void aListThatWasChangedAfterApprovalEndsNothing() throws Exception {
    Tenant.Holder victim = tenants.fresh("dns:internal.test").enrol("tls-client", names("v"));
    Tenant.Holder listed = enrol("a");
    JsonNode made = list(Map.of());
    assertThat(
            book.change(
                "update bulk_revocation set list = replace(list, ?, ?) where id::text = ?",
                listed.serial(),
                victim.serial(),
                id(made)))
        .isEqualTo(1);
    approve(made);
    JsonNode report = report(id(made));
    assertThat(report.at("/bulk/state").asText()).isEqualTo("refused");
    assertThat(report.at("/bulk/why").asText()).contains("not the one that was approved");
    assertThat(report.at("/proposal/state").asText()).isEqualTo("failed");
    assertThat(status(victim)).isEqualTo("good");
    assertThat(status(listed)).isEqualTo("good");
  }

  @Test
  void whatEndedSinceIsLeftAndTold() {
    Tenant.Holder before = enrol("a");
    Tenant.Holder other = enrol("b");
    JsonNode made = list(Map.of());
    assertThat(
            operator
                .post(before.path() + "/revocation", Map.of("reason", "cessationOfOperation"))
                .status())
        .isEqualTo(200);
    approve(made);
    JsonNode report = report(id(made));
    assertThat(report.at("/bulk/revoked").asInt()).isEqualTo(1);
    assertThat(report.at("/left/revoked-before").asInt()).isEqualTo(1);
    JsonNode left = operator.get("/v1/revocations/" + id(made) + "/left").json();
    assertThat(left.at("/items/0/serial").asText()).isEqualTo(before.serial());
    assertThat(book.texts("select reason from certificate where serial = ?", before.serial()))
        .containsExactly("5");
    assertThat(status(other)).isEqualTo("revoked");
  }

  @Test
  void aPartnersOperatorSeesAndHitsTheirOwn() {
    Tenant.Holder theirs = enrol("a");
    Tenant.Home partner = tenants.fresh("dns:internal.test", "uri:urn:staff");
    Tenant.Holder own = partner.enrol("tls-client", names("mine"));
    Http http = tenants.person(partner, false, Role.OPERATOR).http();
    String foreign = id(list(Map.of()));

    Map<String, Object> wide = Map.of("profile", "tls-client");
    JsonNode preview = http.post("/v1/revocations/preview", Map.of("selection", wide)).json();
    assertThat(preview.toString()).contains(own.serial()).doesNotContain(theirs.serial());
    assertThat(preview.get("byOrganization")).hasSize(1);
    assertProblem(
        "another's", http.post("/v1/revocations/preview", Map.of("selection", own())), 404);
    for (String path : List.of("", "/list", "/left")) {
      assertProblem(path, http.get("/v1/revocations/" + foreign + path), 404);
    }
    assertThat(http.get("/v1/revocations").text()).doesNotContain(foreign);
    Http.Answer made =
        http.post("/v1/revocations", Map.of("selection", wide, "reason", "superseded"));
    assertThat(made.status()).as(made.text()).isEqualTo(202);
    approve(made.json());
    assertThat(status(own)).isEqualTo("revoked");
    assertThat(status(theirs)).isEqualTo("good");
  }

  /** Dead after the last signature was written and before anything was done. */
  @Test
  void anApprovedListIsCarriedOutAfterACrash() throws Exception {
    Tenant.Holder holder = enrol("a");
    JsonNode made = list(Map.of());
    String proposal = made.at("/proposal/id").asText();
    JsonNode read = Consent.read(approver, proposal);
    book.change(
        "with said as (insert into endorsement values (?::uuid, ?, 'APPROVE', 'agreed', ?, now()))"
            + " update proposal set state = 'APPROVED' where id = ?::uuid",
        proposal,
        read.get("you").asText(),
        Consent.sign(approver, read, Verdict.APPROVE, "agreed"),
        proposal);
    await().atMost(SOON).until(() -> status(holder).equals("revoked"));
    assertThat(report(id(made)).at("/bulk/state").asText()).isEqualTo("done");
  }

  @Test
  void aDrillChangesNothing() {
    Tenant.Holder holder = enrol("a");
    Tenant.Holder another = enrol("b");
    List<String> before = everything(holder, another);
    JsonNode drill = post("/v1/revocations/drill", body(Map.of()));
    assertThat(drill.get("wouldRevoke").asInt()).isEqualTo(2);
    assertThat(drill.get("stepMillis").asInt()).isNotNegative();
    assertThat(everything(holder, another)).isEqualTo(before);
    assertThat(status(holder)).isEqualTo("good");
  }

  /** Whatever jobs write meanwhile is about other things. */
  private List<String> everything(Tenant.Holder... holders) {
    List<String> all =
        new java.util.ArrayList<>(
            book.texts(
                "select count(*) from bulk_revocation union all"
                    + " select count(*) from bulk_revocation_left union all"
                    + " select count(*) from proposal union all"
                    + " select count(*) from ledger_entry where kind like 'BULK%'"));
    for (Tenant.Holder holder : holders) {
      all.addAll(
          book.texts(
              "select count(*) from ledger_entry where subject = ? union all"
                  + " select count(*) from status_change where serial = ? union all"
                  + " select count(*) from revoked where serial = ? union all"
                  + " select count(*) from certificate where serial = ? and status_version = 0",
              holder.serial(),
              holder.serial(),
              holder.serial(),
              holder.serial()));
    }
    return all;
  }

  @Test
  void whoHasASuccessorIsRevokedFirst() {
    Tenant.Holder renewed = enrol("a");
    Tenant.Holder alone = enrol("b");
    Instant until = Instant.now().plusSeconds(4);
    JsonNode made =
        list(
            Map.of(
                "replace",
                Map.of(
                    "until", until.toString(), "deadline", until.plusSeconds(86_400).toString())));
    approve(made);
    assertThat(report(id(made)).at("/bulk/state").asText()).isEqualTo("replacing");
    assertThat(status(renewed)).isEqualTo("good");
    String csr = Csrs.ec("").dns("a.internal.test").build().pem();
    Http.Answer successor = renewed.http().post(renewed.path() + "/renewal", Map.of("csr", csr));
    assertThat(successor.status()).as(successor.text()).isEqualTo(201);
    await().atMost(SOON).until(() -> report(id(made)).at("/bulk/stepMillis").asInt() > 0);
    JsonNode report = report(id(made));
    assertThat(report.at("/bulk/state").asText()).isEqualTo("replacing");
    assertThat(report.at("/bulk/revoked").asInt()).isEqualTo(1);
    assertThat(report.at("/left/no-successor").asInt()).isEqualTo(1);
    assertThat(status(renewed)).isEqualTo("revoked");
    assertThat(status(alone)).isEqualTo("good");
  }

  @Test
  void atTheDeadlineTheRestIsRevoked() {
    Tenant.Holder alone = enrol("a");
    Instant until = Instant.now().plusSeconds(3);
    JsonNode made =
        list(
            Map.of(
                "replace",
                Map.of("until", until.toString(), "deadline", until.plusSeconds(2).toString())));
    approve(made);
    await().atMost(SOON).until(() -> status(alone).equals("revoked"));
    JsonNode report = report(id(made));
    assertThat(report.at("/bulk/state").asText()).isEqualTo("done");
    assertThat(report.at("/left").size()).isZero();
  }

  @Test
  void rowsAloneApproveNothing() throws Exception {
    Tenant.Holder holder = enrol("a");
    Instant until = Instant.now().plusSeconds(2);
    JsonNode made =
        list(
            Map.of(
                "replace",
                Map.of("until", until.toString(), "deadline", until.plusSeconds(1).toString())));
    book.change("update bulk_revocation set state = 'replacing' where id::text = ?", id(made));
    await().atMost(SOON).until(() -> report(id(made)).at("/bulk").has("why"));
    assertThat(status(holder)).isEqualTo("good");
    book.change("update bulk_revocation set state = 'refused' where id::text = ?", id(made));
  }

  /** As after the restore of an old backup: the roll knows that there was a list, and its hash. */
  @Test
  void aReplayKnowsTheListAndItsEnd() {
    Map<EventKind, Redo> rooms = new HashMap<>();
    all.forEach(room -> room.kinds().forEach(kind -> rooms.put(kind, room)));
    String id = UUID.randomUUID().toString();
    String hash = "ab".repeat(32);
    Map<String, String> listed =
        Map.of(
            "list", hash,
            "size", "3",
            "selection", "organization=" + home.id() + "\nname=dns:*.test",
            "reason", "superseded",
            "invalidityDate", "",
            "replaceUntil", "2030-01-01T00:00:00Z",
            "deadline", "2030-01-02T00:00:00Z");
    List<Event> events =
        List.of(
            event(EventKind.BULK_REVOCATION_LISTED, id, listed),
            event(EventKind.BULK_REVOCATION_STEPPED, id, Map.of("list", hash, "revoked", "1")),
            event(EventKind.BULK_REVOCATION_DONE, id, Map.of("list", hash, "revoked", "3")),
            event(
                EventKind.KEY_BLOCKED,
                hash,
                Map.of("proof", "request", "invalidityDate", "", "revoked", "0")));
    for (int times = 0; times < 2; times++) {
      events.forEach(event -> transactions.run(() -> rooms.get(event.kind()).redo(event)));
      JsonNode report = report(id);
      assertThat(report.at("/bulk/state").asText()).isEqualTo("done");
      assertThat(report.at("/bulk/revoked").asInt()).isEqualTo(3);
      assertThat(report.at("/bulk/sha256").asText()).isEqualTo(hash);
      assertThat(book.number("select count(*) from blocked_key where spki = ?", hash)).isOne();
    }
  }

  private Event event(EventKind kind, String subject, Map<String, String> facts) {
    return new Event(
        Instant.parse("2029-01-01T00:00:00Z"), kind, "person:test", home.id(), subject, facts);
  }

  @Test
  void badListsAreRefused() {
    assertProblem("no criterion", ask(Map.of("selection", Map.of(), "reason", "superseded")), 400);
    assertProblem("no reason", ask(Map.of("selection", own())), 400);
    assertProblem("nobody", ask(body(Map.of())), 422);
    enrol("a");
    for (String reason : List.of("certificateHold", "cACompromise", "removeFromCRL")) {
      assertProblem(reason, ask(body(Map.of("reason", reason))), 422);
    }
    assertProblem("future", ask(body(Map.of("invalidityDate", "2999-01-01T00:00:00Z"))), 422);
    assertProblem("hash", ask(body(Map.of("fingerprint", "zz"))), 400);
    assertProblem("a text", ask(body(Map.of("comment", "\u0000"))), 400);
    for (String bad : List.of("rsaBelow", "key", "issuedFrom", "issuer", "organization")) {
      assertProblem(
          bad,
          ask(
              Map.of(
                  "reason",
                  "superseded",
                  "selection",
                  Map.of(bad, bad.equals("rsaBelow") ? (Object) 0 : "\"; drop table x"))),
          400);
    }
    assertProblem("no id", operator.get("/v1/revocations/x%27y"), 404);
  }

  @Test
  void everyCriterionNarrows() {
    Tenant.Holder holder = enrol("narrow");
    Map<String, Object> all = new HashMap<>(own());
    all.put("profile", "tls-client");
    all.put("issuer", "issuing");
    all.put("key", holder.certificate().key().thumbprint().hex());
    all.put("issuedFrom", "2020-01-01T00:00:00Z");
    all.put("issuedUntil", "2999-01-01T00:00:00Z");
    all.put("expiresFrom", "2020-01-01T00:00:00Z");
    all.put("expiresUntil", "2999-01-01T00:00:00Z");
    all.put("name", "dns:narrow.*");
    assertThat(count(all)).isEqualTo(1);
    Map<String, Object> wrong =
        Map.of(
            "profile", "tls-server",
            "key", "0".repeat(64),
            "issuedUntil", "2020-01-01T00:00:00Z",
            "expiresFrom", "2999-01-01T00:00:00Z",
            "name", "dns:%",
            "rsaBelow", 3072);
    wrong.forEach(
        (criterion, value) -> {
          Map<String, Object> other = new HashMap<>(all);
          other.put(criterion, value);
          assertThat(count(other)).as(criterion).isZero();
        });
    home.enrol("tls-client", Csrs.rsa(2048, "").dns("rsa.internal.test"));
    Map<String, Object> weak = new HashMap<>(own());
    weak.put("rsaBelow", 3072);
    assertThat(count(weak)).isEqualTo(1);
  }

  private static final String OF_HOME =
      " where exists (select from certificate c where c.serial = s.serial and c.organization = ?)"
          + " and s.version > 0";

  private int count(Map<String, Object> selection) {
    return post("/v1/revocations/preview", Map.of("selection", selection)).get("count").asInt();
  }

  private Tenant.Holder enrol(String name) {
    return home.enrol("tls-client", names(name));
  }

  private static Csrs names(String name) {
    return Csrs.ec("").dns(name + ".internal.test");
  }

  private Map<String, Object> own() {
    return Map.of("organization", home.id().value());
  }

  private Map<String, Object> body(Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("selection", own());
    body.put("reason", "superseded");
    body.putAll(more);
    return body;
  }

  private JsonNode list(Map<String, ?> more) {
    Http.Answer answer = ask(body(more));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json();
  }

  private Http.Answer ask(Map<String, ?> body) {
    return operator.post("/v1/revocations", body);
  }

  private JsonNode post(String path, Map<String, ?> body) {
    Http.Answer answer = operator.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode report(String id) {
    return operator.get("/v1/revocations/" + id).json();
  }

  private void approve(JsonNode made) {
    Http.Answer answer = Consent.approve(approver, made.at("/proposal/id").asText());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static String id(JsonNode made) {
    return made.at("/bulk/id").asText();
  }

  private String status(Tenant.Holder holder) {
    return book.texts("select status from certificate where serial = ?", holder.serial())
        .getFirst();
  }

  private static byte[] ocsp(byte[] question) {
    return Http.plain().post("/ocsp", "application/ocsp-request", question).body();
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** More like it, each with a serial of its own in row and DER. */
  private void clone(Tenant.Holder holder, int count) throws Exception {
    String serial =
        "'5e' || left(encode(sha256((c.serial || n)::bytea), 'hex'), length(c.serial) - 2)";
    book.change(
        "insert into certificate (serial, issuer, profile, organization, requester, contact,"
            + " subject, names, key_thumbprint, key_algorithm, not_before, not_after, issued_at,"
            + " der) select "
            + serial
            + ", issuer, profile, organization, requester, contact, subject, names,"
            + " key_thumbprint, key_algorithm, not_before, not_after, issued_at,"
            + " overlay(der placing decode("
            + serial
            + ", 'hex') from position(decode(c.serial, 'hex') in der))"
            + " from certificate c, generate_series(1, ?) n where c.serial = ?",
        count,
        holder.serial());
  }
}
