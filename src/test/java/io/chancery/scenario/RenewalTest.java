package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** A service renews with the certificate that it has. */
@QuarkusTest
@WithTestResource(World.class)
class RenewalTest {
  private static final String NAME = "peer.internal.test";

  @Inject Tenant tenants;

  private Tenant.Holder old;

  @BeforeEach
  void enrol() {
    old =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-peer", Csrs.ec("CN=" + NAME).dns(NAME, "b.internal.test"));
  }

  @Test
  void aNewKeyForTheSameNames() {
    Csrs.Made made = Csrs.ec("CN=" + NAME).dns(NAME, "b.internal.test").build();
    Http.Answer answer = renew(old.http(), made);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    Tenant.Holder renewed = Tenant.Holder.of(old.home(), made.pair(), answer);
    assertThat(answer.json().get("replaces").asText()).isEqualTo(old.serial());
    assertThat(answer.json().get("profile").asText()).isEqualTo("tls-peer");
    assertThat(renewed.certificate().names()).isEqualTo(old.certificate().names());
    assertThat(renewed.certificate().subject()).isEqualTo(old.certificate().subject());
    assertThat(renewed.certificate().key()).isNotEqualTo(old.certificate().key());
    // Both work until the old one ends; the new one renews itself.
    assertThat(old.http().get(old.path()).status()).isEqualTo(200);
    assertThat(renewed.http().get(old.path()).json().get("status").asText()).isEqualTo("good");
    Http.Answer next =
        renewed
            .http()
            .post(renewed.path() + "/renewal", Map.of("csr", Csrs.ec("CN=" + NAME).build().pem()));
    assertThat(next.status()).as(next.text()).isEqualTo(201);
    assertThat(next.json().get("names")).isEqualTo(answer.json().get("names"));
  }

  @Test
  void otherNamesAreAnotherCertificate() {
    for (Csrs other :
        new Csrs[] {
          Csrs.ec("CN=" + NAME).dns(NAME),
          Csrs.ec("CN=" + NAME).dns(NAME, "b.internal.test", "c.internal.test"),
          Csrs.ec("CN=b.internal.test").dns(NAME, "b.internal.test"),
          Csrs.ec("").dns(NAME, "b.internal.test")
        }) {
      JsonNode problem = assertProblem("other names", renew(old.http(), other.build()), 422);
      assertThat(problem.get("rule").asText()).isEqualTo("renewal-same-names");
    }
  }

  @Test
  void whatIsRevokedOrHeldIsNotRenewed() {
    Http home = old.home().http();
    Http operator = tenants.person(Role.OPERATOR).http();
    Csrs.Made made = Csrs.ec("CN=" + NAME).build();
    operator.post(old.path() + "/revocation", Map.of("reason", "certificateHold"));
    assertProblem("held", renew(home, made), 409);
    operator.post(old.path() + "/revocation", Map.of("reason", "keyCompromise"));
    assertProblem("revoked", renew(home, made), 409);
    assertProblem("by itself", renew(old.http(), made), 401);
  }

  @Test
  void aCompromisedKeyIsNeverCertifiedAgain() {
    old.home().http().post(old.path() + "/revocation", Map.of("reason", "keyCompromise"));
    Csrs.Made made = Csrs.of(old.pair(), "").dns("b.internal.test").build();
    Map<String, String> ask = Map.of("profile", "tls-client", "csr", made.pem());
    assertThat(
            assertProblem("the key", old.home().http().post("/v1/certificates", ask), 422)
                .get("rule")
                .asText())
        .isEqualTo("key-not-compromised");
    assertThat(
            old.home()
                .http()
                .post("/v1/certificates/preview", ask)
                .json()
                .get("passes")
                .asBoolean())
        .as("the preview knows it too")
        .isFalse();
  }

  @Test
  void badBodies() {
    String path = old.path() + "/renewal";
    assertProblem("none", old.http().post(path, Map.of()), 400);
    assertProblem("no csr", old.http().post(path, Map.of("csr", "nonsense")), 400);
    assertProblem(
        "unknown", old.http().post("/v1/certificates/77/renewal", Map.of("csr", csr())), 404);
  }

  private static String csr() {
    return Csrs.ec("CN=" + NAME).build().pem();
  }

  private Http.Answer renew(Http http, Csrs.Made made) {
    return http.post(old.path() + "/renewal", Map.of("csr", made.pem()));
  }
}
