package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listener without TLS serves signed, public status, whatever path one finds to write. */
@QuarkusTest
@WithTestResource(World.class)
class PlainHttpTest {
  @Inject Tenant tenants;

  @Test
  void statusIsServed() {
    Tenant.Holder holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    Http http = Http.plain();
    assertThat(http.get("/crl/issuing.crl").status()).isEqualTo(200);
    Http.Answer issuer = http.get("/issuers/issuing.cer");
    assertThat(issuer.type()).isEqualTo("application/pkix-cert");
    assertThat(issuer.body()).isEqualTo(holder.issuer().der().octets());
    List<IssuedCertificate> bundle =
        Pem.decode(Pem.CERTIFICATE, http.get("/trust/bundle.pem").text()).stream()
            .map(IssuedCertificate::parse)
            .toList();
    assertThat(bundle).containsExactlyInAnyOrder(holder.issuer(), Http.root());
    assertThat(http.get("/crl/issuing.crl").raw().headers().firstValue("X-Content-Type-Options"))
        .hasValue("nosniff");
  }

  @Test
  void anUpgradeIsNotTaken() {
    HttpResponse<byte[]> answer = Http.plain().get("/crl/issuing.crl").raw();
    assertThat(answer.request().version()).as("the JDK's client asks for one").isEmpty();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @Test
  void nothingElseIs() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    try (KeptConnection connection = KeptConnection.plain()) {
      for (String path :
          List.of(
              "/",
              "/v1/trust",
              "/v1/issuers",
              "/v1/certificates",
              "/v1/organizations",
              "/q/openapi",
              "/q/swagger-ui/",
              "/q/health",
              "/q/metrics",
              "/crl/../v1/certificates",
              "/crl/./../v1/trust",
              "/crl/%2e%2e/v1/trust",
              "/crl/%2e%2e%2fv1%2ftrust",
              "/ocsp/../v1/trust",
              "/ocsp/..%2fv1/trust",
              "/trust/..//v1/trust",
              "/trust/../../v1/trust",
              "//v1/trust",
              "/V1/trust",
              "/crl/issuing.crl/../../v1/trust",
              "/crl/;/../v1/trust",
              "/ocsp/../q/openapi",
              "http://localhost/v1/trust")) {
        KeptConnection.Answer answer =
            connection.answer("GET", path, "Authorization: Bearer " + home.token());
        // An OCSP question that is none is answered in OCSP's words, and tells nothing.
        assertThat(answer.status()).as(path).isIn(200, 400, 404);
        if (answer.status() == 200) {
          assertThat(path).startsWith("/ocsp/");
          assertThat(answer.body()).as(path).hasSizeLessThan(10);
        }
        assertThat(answer.body())
            .as(path)
            .doesNotContain("BEGIN", "items", "\"paths\"", "home-", "serial");
      }
    }
    assertThat(Http.plain().get("/v1/trust").json().get("remedy").asText()).contains("https");
  }
}
