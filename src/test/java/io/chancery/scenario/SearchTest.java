package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.KeyAlgorithm;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The book is found in by every filter, and read page by page. */
@QuarkusTest
@WithTestResource(World.class)
class SearchTest {
  @Inject Tenant tenants;

  @Test
  void everyFilterNarrows() {
    Tenant.Home home = tenants.fresh("dns:internal.test", "ip:10.0.0.0/8", "uri:spiffe://td");
    Tenant.Holder server =
        home.enrol(
            "tls-server", Csrs.ec("CN=s.internal.test").dns("s.internal.test").ip("10.1.2.3"));
    Tenant.Holder client = home.enrol("tls-client", Csrs.ec("").uri("spiffe://td/a"));
    Tenant.Holder peer =
        home.enrol("tls-peer", Csrs.ec("CN=p.internal.test").dns("p.internal.test"));
    home.http().post(peer.path() + "/revocation", Map.of());
    Http operator = tenants.person(Role.OPERATOR).http();
    operator.post(client.path() + "/revocation", Map.of("reason", "certificateHold"));

    Http http = home.http();
    assertThat(found(http, "")).containsExactly(peer.serial(), client.serial(), server.serial());
    assertThat(found(http, "name=ip:10.1.2.3")).containsExactly(server.serial());
    assertThat(found(http, "name=dns:S.internal.test")).containsExactly(server.serial());
    assertThat(found(http, "name=uri:spiffe://td/a")).containsExactly(client.serial());
    assertThat(found(http, "name=dns:internal.test")).isEmpty();
    assertThat(found(http, "subject=CN%3Dp")).containsExactly(peer.serial());
    assertThat(found(http, "subject=CN%3D%25")).as("% is a character").isEmpty();
    assertThat(found(http, "subject=CN%3D_")).as("_ is a character").isEmpty();
    assertThat(found(http, "profile=tls-client")).containsExactly(client.serial());
    assertThat(found(http, "issuer=issuing")).hasSize(3);
    assertThat(found(http, "issuer=another")).isEmpty();
    assertThat(found(http, "key=" + server.certificate().key().thumbprint().hex()))
        .containsExactly(server.serial());
    assertThat(found(http, "status=good")).containsExactly(server.serial());
    assertThat(found(http, "status=held")).containsExactly(client.serial());
    assertThat(found(http, "status=revoked")).containsExactly(peer.serial());
    assertThat(found(http, "status=expired")).isEmpty();
    Instant end = server.certificate().validity().notAfter();
    assertThat(found(http, "expiresUntil=" + end.minusSeconds(3600))).isEmpty();
    assertThat(found(http, "expiresFrom=" + end.plusSeconds(3600))).isEmpty();
    assertThat(
            found(
                http,
                "expiresFrom=" + end.minusSeconds(3600) + "&expiresUntil=" + end.plusSeconds(3600)))
        .hasSize(3);
    assertThat(found(http, "profile=tls-peer&status=good")).isEmpty();
    assertThat(found(operator, "organization=" + home.id())).hasSize(3);
    assertThat(found(operator, "name=ip:10.1.2.3&organization=" + home.id()))
        .containsExactly(server.serial());
  }

  @Test
  void oneHasWhatTheListHas() {
    Tenant.Holder holder =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-peer", Csrs.ec("CN=one.internal.test").dns("one.internal.test"));
    JsonNode one = holder.http().get(holder.path()).json();
    assertThat(one)
        .isEqualTo(
            holder
                .http()
                .get("/v1/certificates?name=dns:one.internal.test")
                .json()
                .get("items")
                .get(0));
    assertThat(one.get("requester").asText()).isEqualTo("token:" + holder.home().id() + "-token");
    assertThat(one.get("subject").asText()).isEqualTo("CN=one.internal.test");
    assertThat(one.get("keyAlgorithm").asText()).isEqualTo("ec-p256");
    Http.Answer pem =
        holder.http().get(holder.path(), "Accept", "application/pem-certificate-chain");
    assertThat(pem.text()).isEqualTo(holder.certificate().pem() + holder.issuer().pem());
    Http.Answer der = holder.http().get(holder.path(), "Accept", "application/pkix-cert");
    assertThat(der.body()).isEqualTo(holder.certificate().der().octets());
    String upper = holder.serial().toUpperCase(Locale.ROOT);
    assertThat(holder.http().get("/v1/certificates/" + upper).json()).isEqualTo(one);
  }

  @Test
  void pagesHoldEachOnceNewestFirst() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
    List<String> issued = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Map<String, Object> ask =
          Map.of(
              "profile",
              "tls-server",
              "csr",
              Csrs.of(pair, "").dns("h" + i + ".internal.test").build().pem());
      issued.addFirst(home.http().post("/v1/certificates", ask).json().get("serial").asText());
    }
    List<String> read = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = home.http().get("/v1/certificates?limit=50" + cursor).json();
      page.get("items").forEach(item -> read.add(item.get("serial").asText()));
      cursor = page.hasNonNull("next") ? "&cursor=" + page.get("next").asText() : "";
      pages++;
      if (pages == 1) {
        // What comes in meanwhile does not shift the pages.
        home.enrol("tls-server", Csrs.ec("").dns("late.internal.test"));
      }
    } while (!cursor.isEmpty());
    assertThat(pages).isEqualTo(3);
    assertThat(read).isEqualTo(issued);
    assertThat(found(home.http(), "limit=500")).hasSize(121);
    assertThat(found(home.http(), "limit=1")).hasSize(1);
    assertThat(found(home.http(), "")).as("without a limit").hasSize(50);
  }

  private static List<String> found(Http http, String query) {
    Http.Answer answer = http.get("/v1/certificates?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> serials = new ArrayList<>();
    answer.json().get("items").forEach(item -> serials.add(item.get("serial").asText()));
    return serials;
  }
}
