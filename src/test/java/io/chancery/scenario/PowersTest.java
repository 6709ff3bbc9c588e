package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chancery.Role;
import io.chancery.testing.Consent;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody gives power alone, and what was approved is what is given. */
@QuarkusTest
@WithTestResource(World.class)
class PowersTest {
  @Inject Tenant tenants;

  private Tenant.Home home;
  private Http admin;
  private Tenant.Holder approver;
  private String people;

  @BeforeEach
  void enter() {
    home = tenants.fresh("uri:urn:staff");
    admin = tenants.person(Role.ADMIN).http();
    approver = tenants.person(Role.APPROVER);
    people = "/v1/organizations/" + home.id() + "/people";
  }

  @Test
  void somebodyWithPowerIsEnteredWhenAnotherApproves() {
    Http.Answer waits = admin.post(people, ask("operator"));
    assertThat(waits.status()).as(waits.text()).isEqualTo(202);
    assertThat(admin.get(people).json().get("items")).isEmpty();
    String proposal = waits.json().get("proposal").asText();
    assertThat(Consent.read(approver, proposal).get("summary").asText())
        .contains("Grace", "OPERATOR");
    Consent.approve(approver, proposal);
    JsonNode entered = admin.get(people + "/" + waits.json().get("id").asText()).json();
    assertThat(entered.get("roles").get(0).asText()).isEqualTo("operator");
  }

  @Test
  void whoOnlyAsksForCertificatesIsEnteredAtOnceAndCannotBeMadeMoreAlone() {
    Http.Answer made = admin.post(people, ask("requester"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String one = people + "/" + made.json().get("id").asText();
    ObjectNode more = (ObjectNode) made.json();
    more.putArray("roles").add("admin");
    assertThat(admin.put(one, more).status()).isEqualTo(202);
    assertThat(admin.get(one).json().get("roles").get(0).asText()).isEqualTo("requester");
  }

  @Test
  void whatWasApprovedOfSomebodyIsNotDoneToWhoThatHasBecome() {
    Http.Answer made = admin.post(people, ask("requester"));
    String one = people + "/" + made.json().get("id").asText();
    ObjectNode more = (ObjectNode) made.json();
    more.putArray("roles").add("operator");
    String proposal = admin.put(one, more).json().get("proposal").asText();
    ObjectNode other = (ObjectNode) made.json();
    other.put("displayName", "Somebody else");
    assertThat(admin.put(one, other).status()).isEqualTo(200);
    Consent.approve(approver, proposal);
    assertThat(Consent.read(approver, proposal).get("state").asText()).isEqualTo("FAILED");
    assertThat(admin.get(one).json().get("roles").get(0).asText()).isEqualTo("requester");
  }

  @Test
  void takingSomebodyOutWaitsForNobody() {
    Tenant.Holder operator = tenants.person(home, false, Role.OPERATOR);
    String id = admin.get(people).json().get("items").get(0).get("id").asText();
    assertThat(operator.http().get(people).status()).isEqualTo(200);
    assertThat(admin.delete(people + "/" + id).status()).isEqualTo(204);
    assertThat(operator.http().get(people).status()).isEqualTo(401);
  }

  private static Map<String, Object> ask(String role) {
    return Map.of(
        "displayName",
        "Grace",
        "roles",
        List.of(role),
        "identities",
        List.of(Map.of("kind", "name", "value", "uri:urn:staff:" + UUID.randomUUID())));
  }
}
