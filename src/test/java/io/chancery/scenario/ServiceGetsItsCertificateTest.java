package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service makes a key and a request and gets a certificate. */
@QuarkusTest
@WithTestResource(World.class)
class ServiceGetsItsCertificateTest {
  @Inject Tenant tenants;

  @Test
  void withAToken() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    var csr = Csrs.ec("CN=payments.internal.test").dns("payments.internal.test").build();

    Http.Answer answer =
        Http.with(home.token())
            .post("/v1/certificates", Map.of("profile", "tls-server", "csr", csr.pem()));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().get("names").get(0).asText()).isEqualTo("dns:payments.internal.test");
    assertThat(answer.json().get("status").asText()).isEqualTo("good");
  }
}
