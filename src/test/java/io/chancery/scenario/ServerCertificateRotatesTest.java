package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.rotation.RotateNow;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/**
 * The https certificate is replaced under open connections, and client certificates still count.
 */
@QuarkusTest
@WithTestResource(World.class)
class ServerCertificateRotatesTest {
  @Inject Tenant tenants;
  @Inject RotateNow rotate;

  @Test
  void twiceUnderOpenConnections() throws Exception {
    Tenant.Holder service =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    try (KeptConnection old = KeptConnection.open(service)) {
      BigInteger before = old.server().getSerialNumber();
      assertThat(old.get("/v1/certificates")).isEqualTo(200);
      for (int i = 0; i < 2; i++) {
        rotate.now();
        assertThat(old.get("/v1/certificates")).as("the open connection").isEqualTo(200);
        // Quarkus #55130, #45565: after a reload the client certificate was no longer asked for, or
        // the trust store was another one.
        try (KeptConnection fresh = KeptConnection.open(service)) {
          assertThat(fresh.get("/v1/certificates")).as("a new connection").isEqualTo(200);
          assertThat(fresh.server().getSerialNumber()).isNotEqualTo(before);
          before = fresh.server().getSerialNumber();
        }
        try (KeptConnection nobody = KeptConnection.anonymous()) {
          assertThat(nobody.get("/v1/certificates")).isEqualTo(401);
          assertThat(nobody.get("/v1/trust")).isEqualTo(200);
        }
      }
    }
    // Each is in the book, owned by the authority.
    Http auditor = tenants.person(Role.AUDITOR).http();
    assertThat(
            auditor
                .get("/v1/certificates?organization=chancery&name=dns:localhost")
                .json()
                .get("items"))
        .hasSizeGreaterThanOrEqualTo(3);
  }
}
