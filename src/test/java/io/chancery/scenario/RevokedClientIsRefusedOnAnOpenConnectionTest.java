package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
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

/** The book is asked on every request, however old the connection is. */
@QuarkusTest
@WithTestResource(World.class)
class RevokedClientIsRefusedOnAnOpenConnectionTest {
  @Inject Tenant tenants;

  @Test
  void revoked() {
    Tenant.Holder service = service();
    try (KeptConnection connection = KeptConnection.open(service)) {
      assertThat(connection.get("/v1/certificates")).isEqualTo(200);
      revoke(service, "keyCompromise");
      assertThat(connection.get("/v1/certificates")).isEqualTo(401);
      assertThat(connection.get("/v1/trust")).as("what is public stays so").isEqualTo(200);
    }
    // On a new connection too, and the answer says why.
    assertThat(assertProblem("new", service.http().get("/v1/certificates"), 401).toString())
        .contains("was revoked at", "keyCompromise");
  }

  @Test
  void heldAndReleased() {
    Tenant.Holder service = service();
    Http operator = tenants.person(Role.OPERATOR).http();
    try (KeptConnection connection = KeptConnection.open(service)) {
      assertThat(connection.get("/v1/certificates")).isEqualTo(200);
      assertThat(
              operator
                  .post(service.path() + "/revocation", Map.of("reason", "certificateHold"))
                  .status())
          .isEqualTo(200);
      assertThat(connection.get("/v1/certificates")).isEqualTo(401);
      assertThat(operator.delete(service.path() + "/revocation").status()).isEqualTo(200);
      assertThat(connection.get("/v1/certificates")).isEqualTo(200);
    }
  }

  @Test
  void organizationSuspendedAndResumed() {
    Tenant.Holder service = service();
    try (KeptConnection connection = KeptConnection.open(service)) {
      assertThat(connection.get("/v1/certificates")).isEqualTo(200);
      tenants.suspend(service.home(), "dns:internal.test");
      assertThat(connection.get("/v1/certificates")).isEqualTo(401);
      assertThat(service.home().http().get("/v1/certificates").status())
          .as("its tokens too")
          .isEqualTo(401);
      tenants.resume(service.home(), "dns:internal.test");
      assertThat(connection.get("/v1/certificates")).isEqualTo(200);
    }
  }

  @Test
  void expired() {
    // The profile backdates by five minutes, so this one has seconds left.
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Csrs.Made made = Csrs.ec("").dns("brief.internal.test").build();
    Http.Answer answer =
        home.http()
            .post(
                "/v1/certificates",
                Map.of("profile", "tls-client", "csr", made.pem(), "validity", "PT5M4S"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    Tenant.Holder service = Tenant.Holder.of(home, made.pair(), answer);
    try (KeptConnection connection = KeptConnection.open(service)) {
      assertThat(connection.get("/v1/certificates")).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> connection.get("/v1/certificates") == 401);
    }
  }

  private Tenant.Holder service() {
    return tenants
        .fresh("dns:internal.test")
        .enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
  }

  private static void revoke(Tenant.Holder service, String reason) {
    Http.Answer answer =
        service.home().http().post(service.path() + "/revocation", Map.of("reason", reason));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
