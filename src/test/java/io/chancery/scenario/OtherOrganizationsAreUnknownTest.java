package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another organization's things are answered exactly like things that were never there. */
@QuarkusTest
@WithTestResource(World.class)
class OtherOrganizationsAreUnknownTest {
  private static final String NEVER = "/v1/certificates/7777777777";

  @Inject Tenant tenants;

  private Tenant.Holder theirs;
  private Tenant.Holder mine;

  @BeforeEach
  void twoHouses() {
    theirs =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-client", Csrs.ec("").dns("theirs.internal.test"));
    mine =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-client", Csrs.ec("").dns("mine.internal.test"));
  }

  @Test
  void theirCertificateIsUnknown() {
    for (Http http : new Http[] {mine.http(), mine.home().http()}) {
      assertThat(http.get(mine.path()).status()).isEqualTo(200);
      same(http.get(theirs.path()), http.get(NEVER));
      String csr = Csrs.ec("").dns("theirs.internal.test").build().pem();
      same(
          http.post(theirs.path() + "/renewal", Map.of("csr", csr)),
          http.post(NEVER + "/renewal", Map.of("csr", csr)));
      same(
          http.post(theirs.path() + "/revocation", Map.of()),
          http.post(NEVER + "/revocation", Map.of()));
    }
    assertThat(theirs.http().get(theirs.path()).json().get("status").asText()).isEqualTo("good");
  }

  @Test
  void theyAreNotListed() {
    String name = "?name=dns:theirs.internal.test";
    assertThat(mine.http().get("/v1/certificates" + name).json().get("items")).isEmpty();
    assertThat(theirs.http().get("/v1/certificates" + name).json().get("items")).isNotEmpty();
    String all = mine.http().get("/v1/certificates?limit=500").text();
    assertThat(all).contains(mine.serial()).doesNotContain(theirs.serial());
    assertProblem("filter", mine.http().get("/v1/certificates?organization=" + their()), 404);
    assertProblem("none", mine.http().get("/v1/certificates?organization=not-there"), 404);
  }

  @Test
  void theirOrganizationIsUnknown() {
    assertThat(mine.http().get("/v1/organizations").text())
        .contains(mine.home().id().value())
        .doesNotContain("\"" + their() + "\"")
        .doesNotContain("\"chancery\"");
    assertProblem("one", mine.http().get("/v1/organizations/" + their()), 404);
    assertProblem("none", mine.http().get("/v1/organizations/not-there"), 404);
    assertProblem("the authority", mine.http().get("/v1/organizations/chancery"), 404);
    String csr = Csrs.ec("").dns("mine.internal.test").build().pem();
    assertProblem(
        "on behalf of them",
        mine.http()
            .post(
                "/v1/certificates",
                Map.of("profile", "tls-client", "csr", csr, "organization", their())),
        404);
  }

  @Test
  void theirAlertsAreNotShown() {
    assertThat(mine.http().get("/v1/alerts").text()).doesNotContain("\"" + their() + "\"");
  }

  @Test
  void operatorsReachAllAndAuditorsReadAll() {
    Http auditor = tenants.person(Role.AUDITOR).http();
    assertThat(auditor.get(theirs.path()).status()).isEqualTo(200);
    assertThat(auditor.get("/v1/certificates?organization=" + their()).json().get("items"))
        .hasSize(1);
    // An auditor changes nothing, anywhere.
    assertProblem("auditor", auditor.post(theirs.path() + "/revocation", Map.of()), 403);
    Http operator = tenants.person(Role.OPERATOR).http();
    assertThat(operator.post(theirs.path() + "/revocation", Map.of()).status()).isEqualTo(200);
  }

  /** The two answers differ in the serial that was asked for and in nothing else. */
  private void same(Http.Answer foreign, Http.Answer missing) {
    assertProblem("foreign", foreign, 404);
    assertThat(foreign.text().replace(theirs.serial(), "7777777777")).isEqualTo(missing.text());
  }

  private String their() {
    return theirs.home().id().value();
  }
}
