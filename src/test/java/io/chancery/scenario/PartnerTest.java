package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.testing.Consent;
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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partner comes by invitation, is admitted by two, and leaves nothing behind. */
@QuarkusTest
@WithTestResource(World.class)
class PartnerTest {
  @Inject Tenant tenants;

  private Http operator;
  private Tenant.Holder approver;
  private String id;
  private String path;

  @BeforeEach
  void names() {
    operator = tenants.person(Role.OPERATOR).http();
    approver = tenants.person(Role.APPROVER);
    id = "partner-" + UUID.randomUUID().toString().substring(0, 8);
    path = "/v1/partners/" + id;
  }

  @Test
  void fromInvitationToTheProofThatNothingIsLeft() {
    Tenant.Home home = invited();

    // Trying out: a certificate that says so, and none for production.
    Tenant.Holder trial = home.enrol("partner-sandbox", csr());
    assertThat(trial.certificate().subject()).contains("OU=SANDBOX");
    assertThat(ask(trial.http(), "partner-client").status()).isIn(403, 422);

    // The request is checked at once; one that fails is before nobody.
    Http.Answer bad =
        home.http()
            .post(
                path + "/admission", Map.of("csr", Csrs.ec("").dns("x.other.test").build().pem()));
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.text()).contains("\"passes\":false");
    assertThat(operator.get(path).json().get("state").asText()).isEqualTo("invited");

    Http.Answer asked = home.http().post(path + "/admission", Map.of("csr", csr().build().pem()));
    assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    String proposal = asked.json().get("partner").get("proposal").asText();
    assertThat(Consent.read(approver, proposal).get("summary").asText())
        .contains(id, "partner-client", "dns:partner.test");
    assertThat(ask(trial.http(), "partner-client").status()).isIn(403, 422);
    Consent.approve(approver, proposal);
    assertThat(operator.get(path).json().get("state").asText()).isEqualTo("admitted");

    // Production, and a renewal that overlaps.
    Http.Answer first = ask(trial.http(), "partner-client");
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    String serial = first.json().get("serial").asText();
    Http.Answer next =
        trial
            .http()
            .post("/v1/certificates/" + serial + "/renewal", Map.of("csr", csr().build().pem()));
    assertThat(next.status()).as(next.text()).isEqualTo(201);
    assertThat(operator.get("/v1/certificates/" + serial).json().get("status").asText())
        .isEqualTo("good");

    String late =
        tenants
            .person(Role.ADMIN)
            .http()
            .post(
                "/v1/organizations/" + id + "/people",
                Map.of(
                    "roles",
                    List.of("operator"),
                    "identities",
                    List.of(Map.of("kind", "name", "value", "dns:late.partner.test"))))
            .json()
            .get("proposal")
            .asText();

    // Out: access ends at once, what is left is revoked when another approves.
    Http.Answer leaves = operator.post(path + "/departure", Map.of("comment", "contract ended"));
    assertThat(leaves.status()).as(leaves.text()).isEqualTo(202);
    JsonNode left = leaves.json();
    assertThat(left.get("nothingValidIsLeft").asBoolean()).isFalse();
    assertThat(left.get("certificates").asInt()).isEqualTo(3);
    assertThat(left.get("tokens").asInt()).isZero();
    assertThat(trial.http().get("/v1/certificates").status()).isEqualTo(401);
    assertThat(home.http().get("/v1/certificates").status()).isEqualTo(401);
    String list = left.get("partner").get("revocation").asText();
    Consent.approve(
        approver,
        operator.get("/v1/revocations/" + list).json().get("proposal").get("id").asText());
    JsonNode proof = operator.get(path + "/departure").json();
    assertThat(proof.get("nothingValidIsLeft").asBoolean()).as(proof.toString()).isTrue();
    assertThat(proof.get("partner").get("state").asText()).isEqualTo("left");
    // What was proposed before and is approved only now brings nobody back.
    Consent.approve(approver, late);
    assertThat(Consent.read(approver, late).get("state").asText()).isEqualTo("FAILED");
    assertThat(operator.get(path + "/departure").json().get("people").asInt()).isZero();
    assertThat(operator.get("/v1/certificates/" + serial).json().get("status").asText())
        .isEqualTo("revoked");
  }

  @Test
  void whatWasApprovedIsNotGivenToWhoChangedSince() {
    Tenant.Home home = invited();
    String proposal =
        home.http()
            .post(path + "/admission", Map.of("csr", csr().build().pem()))
            .json()
            .get("partner")
            .get("proposal")
            .asText();
    operator.put(
        "/v1/organizations/" + id,
        Map.of(
            "names",
            List.of("dns:partner.test", "dns:bank.test"),
            "profiles",
            List.of("partner-sandbox")));
    Consent.approve(approver, proposal);
    assertThat(Consent.read(approver, proposal).get("state").asText()).isEqualTo("FAILED");
    assertThat(operator.get(path).json().get("state").asText()).isEqualTo("requested");
    assertThat(ask(home.http(), "partner-client").status()).isIn(403, 422);
  }

  @Test
  void aPartnerDoesNotAdmitItself() {
    Tenant.Home home = invited("uri:urn:staff");
    Tenant.Holder own = tenants.person(home, "partner-sandbox", Role.APPROVER);
    String proposal =
        home.http()
            .post(path + "/admission", Map.of("csr", csr().build().pem()))
            .json()
            .get("partner")
            .get("proposal")
            .asText();
    assertThat(Consent.approve(own, proposal).status()).isEqualTo(403);
    assertThat(operator.get(path).json().get("state").asText()).isEqualTo("requested");
  }

  @Test
  void onePartnerDoesNotSeeAnother() {
    invited();
    Http other = tenants.fresh("dns:other.test").http();
    assertThat(other.get(path).status()).isEqualTo(404);
    assertThat(other.get("/v1/partners").json().get("items")).isEmpty();
    assertThat(other.post(path + "/admission", Map.of("csr", csr().build().pem())).status())
        .isEqualTo(404);
  }

  private Tenant.Home invited(String... more) {
    List<String> names = new ArrayList<>(List.of(more));
    names.add("dns:partner.test");
    Http.Answer made =
        operator.post(
            "/v1/partners",
            Map.of(
                "id",
                id,
                "displayName",
                "A partner",
                "contact",
                "ops@partner.test",
                "names",
                names,
                "profiles",
                List.of("partner-client")));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return new Tenant.Home(new io.chancery.OrganizationId(id), made.json().get("token").asText());
  }

  private static Csrs csr() {
    return Csrs.ec("").dns("app.partner.test");
  }

  private static Http.Answer ask(Http client, String profile) {
    return client.post("/v1/certificates", Map.of("profile", profile, "csr", csr().build().pem()));
  }
}
