package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.approval.ApprovalNow;
import io.chancery.enrolment.TidyNow;
import io.chancery.testing.Book;
import io.chancery.testing.Consent;
import io.chancery.testing.Csrs;
import io.chancery.testing.HsmWithSwitch;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody acts alone: what was approved is signed to the bit, and nothing else is. */
@QuarkusTest
@WithTestResource(World.class)
class FourEyesTest {
  @Inject Tenant tenants;
  @Inject Book book;
  @Inject HsmWithSwitch hsm;
  @Inject TidyNow tidy;
  @Inject ApprovalNow job;

  private static final Duration SOON = Duration.ofSeconds(60);

  private Tenant.Home home;
  private Tenant.Holder alice;
  private Tenant.Holder bob;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
    alice = tenants.person(Role.APPROVER);
    bob = tenants.person(Role.APPROVER);
  }

  @AfterEach
  void mend() {
    hsm.set(HsmWithSwitch.Position.WORKS);
  }

  @Test
  void aCertificateIsIssuedWhenOthersHaveApprovedIt() {
    Map<String, String> ask = ask("approved-by-two");
    Http.Answer waits = home.http().post("/v1/certificates", ask, "Idempotency-Key", "k");
    assertThat(waits.status()).as(waits.text()).isEqualTo(202);
    String id = waits.json().get("proposal").asText();
    assertThat(waits.raw().headers().firstValue("Location").orElse("")).endsWith("/" + id);

    Http.Answer again = home.http().post("/v1/certificates", ask, "Idempotency-Key", "k");
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json()).isEqualTo(waits.json());

    JsonNode seen = Consent.read(alice, id);
    assertThat(seen.get("summary").asText())
        .contains("a.internal.test", "notAfter", "approved-by-two");
    assertThat(Consent.terms(seen).sha256().hex()).isEqualTo(seen.get("sha256").asText());
    assertState(Consent.approve(alice, id), "PENDING");
    assertState(Consent.approve(bob, id), "CARRIED_OUT");

    String serial = seen.get("subject").asText();
    assertThat(home.http().get("/v1/certificates/" + serial).status()).isEqualTo(200);
    Http.Answer issued = home.http().post("/v1/certificates", ask, "Idempotency-Key", "k");
    assertThat(issued.status()).isEqualTo(201);
    assertThat(issued.json().get("serial").asText()).isEqualTo(serial);
    assertThat(kinds(id)).containsExactly("PROPOSED", "ENDORSED", "ENDORSED", "CARRIED_OUT");
    assertThat(kinds(serial))
        .containsExactly("CERTIFICATE_RESERVED", "CERTIFICATE_RESUMED", "CERTIFICATE_ISSUED");
    assertProblem("closed", Consent.approve(tenants.person(Role.APPROVER), id), 409);
  }

  @Test
  void theLastApproverAndTheJobDoNotSignItBoth() throws Exception {
    String id = propose("approved-by-one");
    String serial = Consent.read(alice, id).get("subject").asText();
    hsm.set(HsmWithSwitch.Position.SLOW);
    Thread approver = Thread.ofVirtual().start(() -> Consent.approve(alice, id));
    await().atMost(SOON).until(() -> kinds(serial).contains("CERTIFICATE_RESUMED"));
    Thread other = Thread.ofPlatform().start(job::now);
    await().atMost(SOON).until(() -> other.getState() == Thread.State.WAITING);
    hsm.set(HsmWithSwitch.Position.WORKS);
    approver.join();
    other.join();
    assertThat(state(id)).isEqualTo("CARRIED_OUT");
    assertThat(kinds(serial))
        .containsExactly("CERTIFICATE_RESERVED", "CERTIFICATE_RESUMED", "CERTIFICATE_ISSUED");
  }

  @Test
  void aByteThatIsChangedBeforeOrAfterTheApprovalIsNotSigned() throws Exception {
    String before = propose("approved-by-one");
    String jws = Consent.sign(alice, Consent.read(alice, before), Verdict.APPROVE, "");
    book.change(
        "update proposal set exact = set_byte(exact, 9, 7) where id = cast(? as uuid)", before);
    assertProblem("before", Consent.send(alice, before, jws, ""), 409);

    String after = propose("approved-by-one");
    String serial = Consent.read(alice, after).get("subject").asText();
    hsm.set(HsmWithSwitch.Position.AWAY);
    assertState(Consent.approve(alice, after), "APPROVED");
    // A name of the same length: the octets stay a certificate that passes every lint.
    assertThat(
            book.change(
                "update reservation set tbs = decode(replace(encode(tbs, 'hex'),"
                    + " encode('a.internal', 'hex'), encode('b.internal', 'hex')), 'hex')"
                    + " where serial = ?",
                serial))
        .isEqualTo(1);
    hsm.set(HsmWithSwitch.Position.WORKS);
    job.now();
    assertThat(state(after)).isEqualTo("FAILED");
    assertNotSigned(serial);
  }

  @Test
  void theHashThatIsShownIsNotTheHashThatIsSigned() throws Exception {
    String id = propose("approved-by-one");
    String other = propose("approved-by-one");
    JsonNode seen = Consent.read(alice, id);
    Terms foreign = Consent.terms(Consent.read(alice, other));
    // The signature for another proposal, and one over another's octets under this id.
    String replayed = Consent.sign(alice, Consent.read(alice, other), Verdict.APPROVE, "");
    assertProblem("replayed", Consent.send(alice, id, replayed, ""), 400);
    Terms mixed =
        new Terms(
            Consent.terms(seen).proposal(),
            foreign.deed(),
            foreign.organization(),
            foreign.sha256(),
            1,
            foreign.proposer(),
            foreign.proposed(),
            foreign.expires());
    String wrong = Consent.sign(alice, mixed, Verdict.APPROVE, seen.get("you").asText(), "");
    assertProblem("mixed", Consent.send(alice, id, wrong, ""), 400);
    String good = Consent.sign(alice, seen, Verdict.APPROVE, "");
    assertProblem("comment", Consent.send(alice, id, good, "another"), 400);
    assertProblem("somebody else sends it", Consent.send(bob, id, good, ""), 400);
    assertProblem("garbage", Consent.send(alice, id, "a..b", ""), 400);
    assertProblem("nothing", Consent.send(alice, id, "", ""), 400);
    assertThat(state(id)).isEqualTo("PENDING");
  }

  @Test
  void onePersonWithTwoCertificatesIsOnePerson() {
    String id = propose("approved-by-two");
    String name = alice.certificate().names().getFirst().text().substring("uri:".length());
    Tenant.Holder again = alice.home().enrol("tls-client", Csrs.ec("").uri(name));
    assertThat(again.serial()).isNotEqualTo(alice.serial());
    assertState(Consent.approve(alice, id), "PENDING");
    assertProblem("the same person", Consent.approve(again, id), 409);
    assertThat(state(id)).isEqualTo("PENDING");
  }

  @Test
  void theConnectionShowsTheCertificateThatSigned() {
    String id = propose("approved-by-one");
    String name = alice.certificate().names().getFirst().text().substring("uri:".length());
    Tenant.Holder again = alice.home().enrol("tls-client", Csrs.ec("").uri(name));
    String jws = Consent.sign(again, Consent.read(alice, id), Verdict.APPROVE, "");
    assertProblem("another of the same person", Consent.send(alice, id, jws, ""), 422);
  }

  @Test
  void theProposerDoesNotApprove() {
    Tenant.Home both = tenants.fresh("dns:internal.test", "uri:urn:staff");
    Tenant.Holder person = tenants.person(both, false, Role.REQUESTER, Role.APPROVER);
    Http.Answer waits = person.http().post("/v1/certificates", ask("approved-by-one"));
    assertThat(waits.status()).as(waits.text()).isEqualTo(202);
    String id = waits.json().get("proposal").asText();
    assertProblem("own", Consent.approve(person, id), 422);
    // A colleague may, whose roles hold in this organization only.
    Tenant.Holder colleague = tenants.person(both, false, Role.APPROVER);
    assertState(Consent.approve(colleague, id), "CARRIED_OUT");
  }

  @Test
  void othersDoNotApproveAndForeignersSeeNothing() {
    String id = propose("approved-by-one");
    Tenant.Home elsewhere = tenants.fresh("uri:urn:staff", "dns:else.test");
    Tenant.Holder foreign = tenants.person(elsewhere, false, Role.APPROVER);
    assertProblem("foreign", foreign.http().get("/v1/approvals/" + id), 404);
    assertThat(foreign.http().get("/v1/approvals").text()).doesNotContain(id);
    String jws = Consent.sign(foreign, Consent.read(alice, id), Verdict.APPROVE, "");
    assertProblem("foreign", Consent.send(foreign, id, jws, ""), 404);
    assertProblem(
        "foreign",
        foreign.http().post("/v1/approvals/" + id + "/rejections", Map.of("comment", "no")),
        404);
    for (Role role : List.of(Role.OPERATOR, Role.ADMIN, Role.AUDITOR)) {
      Tenant.Holder other = tenants.person(role);
      assertProblem(role.name(), Consent.approve(other, id), 403);
    }
    assertProblem(
        "a token signs nothing",
        home.http()
            .post("/v1/approvals/" + id + "/endorsements", Map.of("jws", jws, "comment", "")),
        403);
    assertThat(state(id)).isEqualTo("PENDING");
  }

  @Test
  void approvedBySqlIsRefusedBeforeTheTokenIsAsked() throws Exception {
    // Were the token asked, it would be away, and the proposal would wait.
    String forged = propose("approved-by-two");
    String serial = Consent.read(alice, forged).get("subject").asText();
    hsm.set(HsmWithSwitch.Position.AWAY);
    book.change("update proposal set state = 'APPROVED' where id = cast(? as uuid)", forged);
    job.now();
    assertThat(state(forged)).isEqualTo("FAILED");
    assertNotSigned(serial);

    // With a row for each person, made from signatures over something else.
    String copied = propose("approved-by-two");
    String source = propose("approved-by-two");
    for (Tenant.Holder one : List.of(alice, bob)) {
      JsonNode from = Consent.read(one, source);
      book.change(
          "insert into endorsement values (cast(? as uuid), ?, 'APPROVE', '', ?, now())",
          copied,
          from.get("you").asText(),
          Consent.sign(one, from, Verdict.APPROVE, ""));
    }
    book.change("update proposal set state = 'APPROVED' where id = cast(? as uuid)", copied);
    job.now();
    assertThat(state(copied)).isEqualTo("FAILED");

    // One real signature, and a proposal that needs fewer.
    String fewer = propose("approved-by-two");
    assertState(Consent.approve(alice, fewer), "PENDING");
    book.change(
        "update proposal set need = 1, state = 'APPROVED' where id = cast(? as uuid)", fewer);
    job.now();
    assertThat(state(fewer)).isEqualTo("FAILED");
  }

  @Test
  void theTidyJobSignsNothingThatWaitsWhateverTheRowSays() throws Exception {
    for (String change :
        List.of(
            "approvals = approvals", "approvals = 0", "approvals = 0, profile = 'tls-server'")) {
      String id = propose("approved-by-one");
      String serial = Consent.read(alice, id).get("subject").asText();
      book.change(
          "update reservation set reserved_at = reserved_at - interval '1 hour', "
              + change
              + " where serial = ?",
          serial);
      tidy.now();
      assertNotSigned(serial);
      boolean untouched = change.equals("approvals = approvals");
      assertThat(
              book.number(
                  "select count(*) from reservation where serial = ? and abandoned_at is null",
                  serial))
          .as("given up only where the row is not what the roll says: %s", change)
          .isEqualTo(untouched ? 1 : 0);
      if (untouched) {
        assertState(Consent.approve(alice, id), "CARRIED_OUT");
      }
    }
  }

  @Test
  void ofTwoThatRaceOneIsTheLast() throws Exception {
    String id = propose("approved-by-one");
    String serial = Consent.read(alice, id).get("subject").asText();
    List<Tenant.Holder> people =
        Stream.generate(() -> tenants.person(Role.APPROVER)).limit(4).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(people.size())) {
      List<Future<Integer>> answers =
          people.stream()
              .map(one -> threads.submit(() -> Consent.approve(one, id).status()))
              .toList();
      int taken = 0;
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(200, 409);
        taken += answer.get() == 200 ? 1 : 0;
      }
      assertThat(taken).isEqualTo(1);
    }
    assertThat(kinds(id)).containsExactly("PROPOSED", "ENDORSED", "CARRIED_OUT");
    assertThat(kinds(serial).stream().filter("CERTIFICATE_ISSUED"::equals)).hasSize(1);
  }

  @Test
  void whatACrashLeavesApprovedIsDoneOnceByTheJob() throws Exception {
    String id = propose("approved-by-one");
    String serial = Consent.read(alice, id).get("subject").asText();
    hsm.set(HsmWithSwitch.Position.LOSES_ANSWERS);
    assertState(Consent.approve(alice, id), "APPROVED");
    assertThat(state(id)).isEqualTo("APPROVED");
    hsm.set(HsmWithSwitch.Position.WORKS);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> replicas =
          Stream.<Future<?>>generate(() -> threads.submit(job::now)).limit(3).toList();
      for (Future<?> replica : replicas) {
        replica.get();
      }
    }
    assertThat(state(id)).isEqualTo("CARRIED_OUT");
    assertThat(kinds(id)).containsExactly("PROPOSED", "ENDORSED", "CARRIED_OUT");
    assertThat(kinds(serial).stream().filter("CERTIFICATE_ISSUED"::equals)).hasSize(1);
  }

  @Test
  void nobodyDecidesInTimeAndItsSerialIsGivenUp() throws Exception {
    String id = propose("approved-by-one");
    String serial = Consent.read(alice, id).get("subject").asText();
    book.change(
        "update proposal set proposed_at = proposed_at - interval '9 days',"
            + " expires_at = expires_at - interval '9 days' where id = cast(? as uuid)",
        id);
    assertProblem("too late", Consent.approve(alice, id), 409);
    job.now();
    assertThat(state(id)).isEqualTo("EXPIRED");
    assertNotSigned(serial);
    assertThat(kinds(serial)).containsExactly("CERTIFICATE_RESERVED", "CERTIFICATE_ABANDONED");
  }

  @Test
  void whoIsRevokedSinceDoesNotCount() {
    String id = propose("approved-by-two");
    assertState(Consent.approve(alice, id), "PENDING");
    Tenant.Holder admin = tenants.person(Role.ADMIN);
    assertThat(
            admin
                .http()
                .post(alice.path() + "/revocation", Map.of("reason", "keyCompromise"))
                .status())
        .isEqualTo(200);
    assertThat(Consent.approve(bob, id).status()).isEqualTo(200);
    assertThat(state(id)).as("one of the two is nobody now").isEqualTo("PENDING");
    assertState(Consent.approve(tenants.person(Role.APPROVER), id), "CARRIED_OUT");
  }

  @Test
  void whatWouldBeRefusedByNowIsNotSignedForItsApproval() {
    Csrs.Made made = Csrs.ec("").dns("a.internal.test").build();
    String id =
        home.http()
            .post("/v1/certificates", Map.of("profile", "approved-by-one", "csr", made.pem()))
            .json()
            .get("proposal")
            .asText();
    // While people think about it, the same key is found to be known to others.
    Tenant.Holder other = home.enrol("tls-client", Csrs.of(made.pair(), "").dns("a.internal.test"));
    assertThat(
            tenants
                .person(Role.ADMIN)
                .http()
                .post(other.path() + "/revocation", Map.of("reason", "keyCompromise"))
                .status())
        .isEqualTo(200);
    assertState(Consent.approve(alice, id), "FAILED");

    String suspended = propose("approved-by-one");
    tenants.suspend(home, "dns:internal.test");
    assertState(Consent.approve(alice, suspended), "FAILED");
  }

  @Test
  void aRejectedOrWithdrawnOneIsOver() {
    String rejected = propose("approved-by-two");
    assertState(Consent.approve(alice, rejected), "PENDING");
    assertState(
        bob.http()
            .post("/v1/approvals/" + rejected + "/rejections", Map.of("comment", "not theirs")),
        "REJECTED");
    assertProblem("over", Consent.approve(bob, rejected), 409);

    Map<String, String> ask = ask("approved-by-one");
    String id =
        home.http()
            .post("/v1/certificates", ask, "Idempotency-Key", "w")
            .json()
            .get("proposal")
            .asText();
    assertProblem(
        "not who proposed it",
        tenants.person(Role.OPERATOR).http().delete("/v1/approvals/" + id),
        403);
    assertState(home.http().delete("/v1/approvals/" + id), "WITHDRAWN");
    assertProblem("over", Consent.approve(alice, id), 409);
    assertProblem(
        "given up", home.http().post("/v1/certificates", ask, "Idempotency-Key", "w"), 409);
  }

  private static Map<String, String> ask(String profile) {
    return Map.of("profile", profile, "csr", Csrs.ec("").dns("a.internal.test").build().pem());
  }

  private String propose(String profile) {
    Http.Answer waits = home.http().post("/v1/certificates", ask(profile));
    assertThat(waits.status()).as(waits.text()).isEqualTo(202);
    return waits.json().get("proposal").asText();
  }

  private static void assertState(Http.Answer answer, String state) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("state").asText()).as(answer.text()).isEqualTo(state);
  }

  private String state(String id) {
    return book.texts("select state from proposal where id = cast(? as uuid)", id).getFirst();
  }

  private List<String> kinds(String subject) {
    return book.texts("select kind from ledger_entry where subject = ? order by id", subject);
  }

  private void assertNotSigned(String serial) {
    assertThat(book.number("select count(*) from certificate where serial = ?", serial)).isZero();
  }
}
