package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Consent;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What takes how many persons is itself decided by several, under what was decided before. */
@QuarkusTest
@WithTestResource(World.class)
class ApprovalPolicyTest {
  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void aPolicyIsChangedUnderTheOneBefore() throws Exception {
    Tenant.Holder admin = tenants.person(Role.ADMIN);
    Tenant.Holder alice = tenants.person(Role.APPROVER);
    Tenant.Holder bob = tenants.person(Role.APPROVER);
    assertThat(approvals(admin, "POLICY")).isEqualTo("1");

    String id = propose(admin, "POLICY", "2", "");
    assertProblem("alone", Consent.breakGlass(admin, id, "now"), 422);
    assertThat(approvals(admin, "POLICY")).as("not yet").isEqualTo("1");
    assertThat(Consent.approve(alice, id).json().get("state").asText()).isEqualTo("CARRIED_OUT");
    assertThat(approvals(admin, "POLICY")).isEqualTo("2");

    // Who writes into the table makes no policy: the one that people signed stays.
    book.change(
        "insert into proposal select gen_random_uuid(), deed, subject, organization, proposed_by,"
            + " proposer, convert_to('{}', 'UTF8'), encode(sha256('{}'), 'hex'), summary,"
            + " comment, 1, proposed_at, expires_at, state, closed_at + interval '1 hour', outcome"
            + " from proposal where id = cast(? as uuid)",
        id);
    assertThat(approvals(admin, "POLICY")).isEqualTo("2");
    book.change("delete from proposal where deed = 'POLICY' and exact = convert_to('{}', 'UTF8')");

    // And back, by two now; only those who are named.
    String back = propose(admin, "ROLES", "1", Consent.read(bob, id).get("you").asText());
    assertThat(Consent.approve(alice, back).json().get("state").asText()).isEqualTo("PENDING");
    assertThat(Consent.approve(bob, back).json().get("state").asText()).isEqualTo("CARRIED_OUT");
    assertThat(approvals(admin, "POLICY")).isEqualTo("1");
    assertThat(admin.http().get("/v1/approval-policy").json().at("/ROLES/approvers").asText())
        .startsWith("person:");
    Http.Answer plain = admin.http().post("/v1/approval-policy", Map.of());
    String last = plain.json().get("id").asText();
    assertThat(Consent.approve(alice, last).json().get("state").asText()).isEqualTo("CARRIED_OUT");
  }

  @Test
  void aProfilesTextIsUsedOnceItsVeryOctetsAreApproved() throws Exception {
    Tenant.Holder admin = tenants.person(Role.ADMIN);
    Tenant.Holder alice = tenants.person(Role.APPROVER);
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Map<String, String> ask =
        Map.of(
            "profile", "approved-by-one", "csr", Csrs.ec("").dns("a.internal.test").build().pem());
    assertThat(Consent.approve(alice, propose(admin, "PROFILE_TEXT", "1", "")).status())
        .isEqualTo(200);
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> home.http().post("/v1/certificates", ask).status() == 422);
      assertThat(home.http().post("/v1/certificates", ask).text())
          .contains("profile-text-approved");
      assertThat(home.enrol("tls-server", Csrs.ec("").dns("b.internal.test")).serial())
          .as("what is shipped is part of the program")
          .isNotEmpty();
      Http.Answer proposed =
          admin.http().post("/v1/profiles/approved-by-one/proposal", Map.of("comment", "new"));
      assertThat(proposed.status()).as(proposed.text()).isEqualTo(202);
      String id = proposed.json().get("id").asText();
      assertThat(Consent.read(alice, id).get("summary").asText()).contains("approvals: 1");
      // Written by SQL, it is not approved.
      book.change(
          "update proposal set state = 'CARRIED_OUT', closed_at = now()"
              + " where id = cast(? as uuid)",
          id);
      assertThat(home.http().post("/v1/certificates", ask).status()).isEqualTo(422);
      book.change(
          "update proposal set state = 'PENDING', closed_at = null where id = cast(? as uuid)", id);
      assertThat(Consent.approve(alice, id).json().get("state").asText()).isEqualTo("CARRIED_OUT");
      assertThat(home.http().post("/v1/certificates", ask).status()).isEqualTo(202);
    } finally {
      String last = admin.http().post("/v1/approval-policy", Map.of()).json().get("id").asText();
      assertThat(Consent.approve(alice, last).status()).isEqualTo(200);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                home.http()
                        .post(
                            "/v1/certificates",
                            Map.of(
                                "profile",
                                "approved-by-two",
                                "csr",
                                Csrs.ec("").dns("a.internal.test").build().pem()))
                        .status()
                    == 202);
  }

  @Test
  void anIssuerIssuesOnceItsVeryCertificateIsApproved() {
    Tenant.Holder admin = tenants.person(Role.ADMIN);
    Tenant.Holder alice = tenants.person(Role.APPROVER);
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Map<String, String> ask =
        Map.of("profile", "tls-client", "csr", Csrs.ec("").dns("a.internal.test").build().pem());
    assertThat(Consent.approve(alice, propose(admin, "ISSUER", "1", "")).status()).isEqualTo(200);
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> home.http().post("/v1/certificates", ask).status() == 422);
      assertThat(home.http().post("/v1/certificates", ask).text()).contains("issuer-approved");
      Http.Answer proposed =
          admin.http().post("/v1/issuers/issuing/proposal", Map.of("comment", "ours"));
      assertThat(proposed.status()).as(proposed.text()).isEqualTo(202);
      String id = proposed.json().get("id").asText();
      assertThat(Consent.read(alice, id).get("summary").asText()).contains("World issuing");
      assertThat(Consent.approve(alice, id).json().get("state").asText()).isEqualTo("CARRIED_OUT");
      assertThat(home.enrol("tls-client", Csrs.ec("").dns("c.internal.test")).serial())
          .isNotEmpty();
    } finally {
      String last = admin.http().post("/v1/approval-policy", Map.of()).json().get("id").asText();
      assertThat(Consent.approve(alice, last).status()).isEqualTo(200);
    }
  }

  @Test
  void aPolicyThatMakesNoSenseIsNotEvenProposed() {
    Tenant.Holder admin = tenants.person(Role.ADMIN);
    assertProblem("too few", post(admin, "SIGNING_RESUMPTION", "1", ""), 422);
    assertProblem("too many", post(admin, "ROLES", "21", ""), 422);
    assertProblem("too few named", post(admin, "ROLES", "2", "person:x"), 422);
    assertProblem("no number", post(admin, "ROLES", "many", ""), 400);
    assertProblem("no deed", post(admin, "TEA", "1", ""), 400);
    assertProblem("no object", admin.http().post("/v1/approval-policy", "text"), 400);
    assertProblem("no rule", admin.http().post("/v1/approval-policy", Map.of("ROLES", "x")), 400);
  }

  private static Http.Answer post(Tenant.Holder who, String deed, String number, String people) {
    return who.http()
        .post(
            "/v1/approval-policy",
            Map.of(deed, Map.of("approvals", number, "within", "P1D", "approvers", people)));
  }

  private static String propose(Tenant.Holder who, String deed, String number, String people) {
    Http.Answer proposed = post(who, deed, number, people);
    assertThat(proposed.status()).as(proposed.text()).isEqualTo(202);
    return proposed.json().get("id").asText();
  }

  private static String approvals(Tenant.Holder who, String deed) {
    return who.http().get("/v1/approval-policy").json().at("/" + deed + "/approvals").asText();
  }
}
