package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.testing.Consent;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Strangers;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a caller can be known by, and everything that only looks like it. */
@QuarkusTest
@WithTestResource(World.class)
class IdentitiesTest {
  private static final String CERTIFICATES = "/v1/certificates";

  @Inject Tenant tenants;

  private Tenant.Home home;
  private Http admin;

  @BeforeEach
  void settle() {
    home = tenants.fresh("dns:internal.test", "uri:spiffe://internal.test");
    admin = tenants.person(Role.ADMIN).http();
  }

  @Test
  void aTokenOfSingleSignOnStandsForWhoWasEntered() {
    String subject = "ada-" + UUID.randomUUID();
    enter(List.of("operator"), "token", "login", "bank " + subject);
    Http ada = bearer(Strangers.claims(Strangers.LOGIN, subject));
    assertThat(ada.get("/v1/organizations/" + home.id()).status()).isEqualTo(200);
    // Her role holds in her own organization.
    Tenant.Home other = tenants.fresh("dns:other.test");
    assertThat(ada.get("/v1/organizations/" + other.id()).status()).isEqualTo(404);
    assertThat(ada.get("/v1/organizations").json().get("items")).hasSize(1);
  }

  @Test
  void aClusterTokenGetsACertificate() {
    String subject = "system:serviceaccount:pay:" + UUID.randomUUID();
    enter(List.of("service"), "token", "cluster", subject);
    Http.Answer answer =
        bearer(Strangers.claims(Strangers.CLUSTER, subject))
            .post(
                CERTIFICATES,
                Map.of("profile", "tls-client", "csr", csr("spiffe://internal.test/pay")));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expired",
        "early",
        "audience",
        "noAudience",
        "noExpiry",
        "claim",
        "issuer",
        "forged",
        "none",
        "unknown"
      })
  void aTokenThatIsNotGoodIsRefusedAndSaysWhy(String fault) {
    String subject = "grace-" + UUID.randomUUID();
    enter(List.of("service"), "token", "cluster", subject);
    JwtClaims claims = Strangers.claims(Strangers.CLUSTER, subject);
    String why =
        switch (fault) {
          case "expired" -> {
            claims.setExpirationTime(NumericDate.fromSeconds(now() - 31));
            yield "expired";
          }
          case "early" -> {
            claims.setNotBefore(NumericDate.fromSeconds(now() + 60));
            yield "not valid yet";
          }
          case "audience" -> {
            claims.setAudience("somebody-else");
            yield "another audience";
          }
          case "noAudience" -> {
            claims.unsetClaim("aud");
            yield "no audience";
          }
          case "noExpiry" -> {
            claims.unsetClaim("exp");
            yield "expires";
          }
          case "claim" -> {
            claims.setStringClaim("cluster", "test");
            yield "does not say cluster";
          }
          case "issuer" -> {
            claims.setIssuer("https://nobody.test");
            yield "not configured";
          }
          case "unknown" -> {
            claims.setSubject("somebody-else");
            yield "nobody here is known";
          }
          default -> "no good signature";
        };
    String token =
        switch (fault) {
          case "forged" -> Strangers.forged(claims);
          case "none" -> unsigned(claims);
          default -> Strangers.here().token(claims);
        };
    Http.Answer answer = Http.with(token).get("/v1/organizations");
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.text()).contains(why).doesNotContain(token).doesNotContain(subject);
  }

  @Test
  void clocksMayDifferALittle() {
    String subject = "hedy-" + UUID.randomUUID();
    enter(List.of("service"), "token", "cluster", subject);
    JwtClaims claims = Strangers.claims(Strangers.CLUSTER, subject);
    claims.setIssuedAt(NumericDate.fromSeconds(now() - 60));
    claims.setExpirationTime(NumericDate.fromSeconds(now() - 5));
    assertThat(bearer(claims).get("/v1/organizations").status()).isEqualTo(200);
  }

  @Test
  void aForeignCertificateStandsForWhoWasEnteredAndNobodyElse() {
    String uri = "spiffe://elsewhere.test/" + UUID.randomUUID();
    enter(List.of("service"), "name", "elsewhere", "uri:" + uri);
    assertThat(foreign(uri, KeyPurposeId.id_kp_clientAuth).get("/v1/organizations").status())
        .isEqualTo(200);
    Http.Answer unknown =
        foreign(uri + "x", KeyPurposeId.id_kp_clientAuth).get("/v1/organizations");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text()).contains("nobody here is known by this certificate of elsewhere");
  }

  @Test
  void aTokenThatIsBoundCountsOnlyBesideItsCertificate() {
    Tenant.Holder holder = home.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    Tenant.Holder thief = home.enrol("tls-client", Csrs.ec("").dns("b.internal.test"));
    String subject = "joan-" + UUID.randomUUID();
    enter(List.of("service"), "token", "cluster", subject);
    JwtClaims claims = Strangers.claims(Strangers.CLUSTER, subject);
    claims.setClaim("cnf", Map.of("x5t#S256", thumbprint(holder)));
    String authorization = "Bearer " + Strangers.here().token(claims);
    assertThat(holder.http().get("/v1/organizations", "Authorization", authorization).status())
        .isEqualTo(200);
    Http.Answer stolen = thief.http().get("/v1/organizations", "Authorization", authorization);
    assertThat(stolen.status()).isEqualTo(401);
    assertThat(stolen.text()).contains("bound to another client certificate");
    assertThat(Http.anonymous().get("/v1/organizations", "Authorization", authorization).status())
        .isEqualTo(401);
  }

  @Test
  void anEnrolmentTokenCanBeBoundAsWell() {
    Tenant.Holder holder = home.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    Http.Answer made =
        admin.post(
            "/v1/organizations/" + home.id() + "/tokens",
            Map.of("label", "bound-" + UUID.randomUUID(), "boundTo", thumbprint(holder)));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String authorization = "Bearer " + made.json().get("token").asText();
    assertThat(holder.http().get("/v1/organizations", "Authorization", authorization).status())
        .isEqualTo(200);
    assertThat(Http.anonymous().get("/v1/organizations", "Authorization", authorization).status())
        .isEqualTo(401);
  }

  @Test
  void onlyTheProxyIsBelievedWhenItForwardsACertificate() {
    Tenant.Holder gateway = tenants.gateway();
    Tenant.Holder user = home.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    String clientCert =
        ":" + Base64.getEncoder().encodeToString(user.certificate().der().octets()) + ":";
    String envoy =
        "Hash=00;Cert=\""
            + URLEncoder.encode(user.certificate().pem(), StandardCharsets.UTF_8)
            + "\";Subject=\"\"";
    for (String[] header :
        new String[][] {{"Client-Cert", clientCert}, {"X-Forwarded-Client-Cert", envoy}}) {
      Http.Answer seen = gateway.http().get("/v1/organizations", header);
      assertThat(seen.status()).as(seen.text()).isEqualTo(200);
      assertThat(seen.text()).contains(home.id().value());

      // Somebody else who says the same is who its own certificate says.
      Tenant.Home other = tenants.fresh("dns:other.test");
      Tenant.Holder liar = other.enrol("tls-client", Csrs.ec("").dns("x.other.test"));
      Http.Answer unheard = liar.http().get("/v1/organizations", header);
      assertThat(unheard.text())
          .contains(other.id().value())
          .doesNotContain(home.id().value() + "\"");
      assertThat(Http.anonymous().get("/v1/organizations", header).status()).isEqualTo(401);
    }
    // Without a word of its own, the proxy is nobody.
    assertThat(gateway.http().get("/v1/organizations").status()).isEqualTo(401);
    assertThat(
            gateway
                .http()
                .get("/v1/organizations", "Client-Cert", clientCert, "Client-Cert", clientCert)
                .status())
        .isEqualTo(401);
    assertThat(gateway.http().get("/v1/organizations", "Client-Cert", ":bm90IG9uZQ==:").status())
        .isEqualTo(401);
  }

  @Test
  void whoIsDisabledIsRefusedOnTheSameConnection() {
    Tenant.Holder person = tenants.person(home(), false, Role.OPERATOR);
    Http http = person.http();
    String people = "/v1/organizations/" + person.home().id() + "/people";
    assertThat(http.get(people).status()).isEqualTo(200);
    String id = http.get(people).json().get("items").get(0).get("id").asText();
    assertThat(admin.delete(people + "/" + id).status()).isEqualTo(204);
    Http.Answer refused = http.get(people);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text()).contains("no longer served");
  }

  @Test
  void anOrganizationsAdministratorGivesNothingBeyondIt() {
    Tenant.Home own = tenants.fresh("uri:urn:staff");
    Http boss = tenants.person(own, false, Role.ADMIN).http();
    String people = "/v1/organizations/" + own.id() + "/people";
    assertThat(boss.post(people, person(List.of("requester"), "name", "", name())).status())
        .isEqualTo(201);
    assertThat(boss.post(people, person(List.of("operator"), "name", "", name())).status())
        .isEqualTo(202);
    Map<String, Object> everywhere = new HashMap<>(person(List.of("operator"), "name", "", name()));
    everywhere.put("everywhere", true);
    assertThat(boss.post(people, everywhere).status()).isEqualTo(403);
    assertThat(boss.post(people, person(List.of("service"), "token", "cluster", "x")).status())
        .isEqualTo(403);
    assertThat(
            boss.post(
                    "/v1/organizations/" + home.id() + "/people",
                    person(List.of("operator"), "name", "", name()))
                .status())
        .isEqualTo(404);
  }

  @Test
  void aProgramIsNeverTheSecondPerson() {
    Map<String, Object> asked = new HashMap<>(person(List.of("approver"), "name", "", name()));
    asked.put("kind", "program");
    Http.Answer answer = admin.post("/v1/organizations/" + home.id() + "/people", asked);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).contains("approver-is-human");
  }

  private Tenant.Home home() {
    return tenants.fresh("uri:urn:staff");
  }

  private static String name() {
    return "uri:urn:staff:" + UUID.randomUUID();
  }

  private void enter(List<String> roles, String kind, String issuer, String value) {
    Http.Answer made =
        admin.post(
            "/v1/organizations/" + home.id() + "/people", person(roles, kind, issuer, value));
    assertThat(made.status()).as(made.text()).isIn(201, 202);
    if (made.status() == 202) {
      Consent.approve(tenants.person(Role.APPROVER), made.json().get("proposal").asText());
    }
  }

  private static Map<String, Object> person(
      List<String> roles, String kind, String issuer, String value) {
    return Map.of(
        "displayName",
        "somebody",
        "roles",
        roles,
        "identities",
        List.of(Map.of("kind", kind, "issuer", issuer, "value", value)));
  }

  private static Http bearer(JwtClaims claims) {
    return Http.with(Strangers.here().token(claims));
  }

  private static Http foreign(String uri, KeyPurposeId purpose) {
    KeyPair pair = Csrs.pair(KeyAlgorithm.EC_P256);
    List<IssuedCertificate> chain = Strangers.here().certificate(pair, uri, purpose);
    return Http.with(pair.getPrivate(), chain);
  }

  private static String csr(String uri) {
    return Csrs.ec("").uri(uri).build().pem();
  }

  private static String thumbprint(Tenant.Holder holder) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(holder.certificate().thumbprint().octets());
  }

  private static String unsigned(JwtClaims claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(claims.toJson().getBytes(StandardCharsets.UTF_8))
        + ".";
  }

  private static long now() {
    return NumericDate.now().getValue();
  }
}
