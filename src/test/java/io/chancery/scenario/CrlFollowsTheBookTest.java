package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.JavaCertificates;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published CRL follows the book. */
@QuarkusTest
@WithTestResource(World.class)
class CrlFollowsTheBookTest {
  private static final String PATH = "/crl/issuing.crl";
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject Tenant tenants;

  private Tenant.Home home;
  private Http operator;

  @BeforeEach
  void enter() {
    home = tenants.fresh("dns:internal.test");
    operator = tenants.person(Role.OPERATOR).http();
  }

  @Test
  void revocationsAppearAndNumbersGrow() throws Exception {
    BigInteger last = number(crl());
    Instant lastUpdate = crl().getThisUpdate().toInstant();
    for (String reason : new String[] {"keyCompromise", "superseded", "cessationOfOperation"}) {
      Tenant.Holder holder = holder();
      revoke(holder, Map.of("reason", reason));
      X509CRL crl = awaitListed(holder);
      assertThat(number(crl)).isGreaterThan(last);
      assertThat(crl.getThisUpdate().toInstant()).isAfterOrEqualTo(lastUpdate);
      assertThat(crl.getNextUpdate()).isAfter(crl.getThisUpdate());
      crl.verify(JavaCertificates.of(holder.issuer()).getPublicKey());
      last = number(crl);
      lastUpdate = crl.getThisUpdate().toInstant();
    }
  }

  @Test
  void aReasonThatSaysNothingIsLeftOut() throws Exception {
    Tenant.Holder holder = holder();
    revoke(holder, Map.of());
    // RFC 5280 s5.3.1: the reason code extension SHOULD be absent instead of unspecified.
    assertThat(entry(awaitListed(holder), holder).orElseThrow().hasExtensions()).isFalse();
  }

  @Test
  void theInvalidityDateIsThere() throws Exception {
    Tenant.Holder holder = holder();
    revoke(holder, Map.of("reason", "keyCompromise", "invalidityDate", "2026-01-02T03:04:05Z"));
    X509CRLEntry entry = entry(awaitListed(holder), holder).orElseThrow();
    assertThat(entry.getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
    byte[] date = ASN1OctetString.getInstance(entry.getExtensionValue("2.5.29.24")).getOctets();
    assertThat(ASN1GeneralizedTime.getInstance(date).getTimeString()).isEqualTo("20260102030405Z");
  }

  @Test
  void aHoldComesAndGoes() throws Exception {
    Tenant.Holder holder = holder();
    assertThat(
            operator
                .post(holder.path() + "/revocation", Map.of("reason", "certificateHold"))
                .status())
        .isEqualTo(200);
    assertThat(entry(awaitListed(holder), holder).orElseThrow().getRevocationReason())
        .isEqualTo(CRLReason.CERTIFICATE_HOLD);
    assertThat(operator.delete(holder.path() + "/revocation").status()).isEqualTo(200);
    await().atMost(SOON).until(() -> entry(crl(), holder).isEmpty());
  }

  @Test
  void whoMayGiveWhichReason() {
    Tenant.Holder holder = holder();
    String path = holder.path() + "/revocation";
    for (String reason : new String[] {"certificateHold", "privilegeWithdrawn"}) {
      assertProblem(reason, holder.http().post(path, Map.of("reason", reason)), 403);
    }
    for (String reason : new String[] {"cACompromise", "aACompromise", "removeFromCRL"}) {
      assertProblem(reason, operator.post(path, Map.of("reason", reason)), 422);
    }
    assertProblem("unknown", operator.post(path, Map.of("reason", "boredom")), 400);
    assertProblem(
        "in the future",
        operator.post(path, Map.of("invalidityDate", "2999-01-01T00:00:00Z")),
        422);
    assertProblem(
        "before time", operator.post(path, Map.of("invalidityDate", "-0500-01-01T00:00:00Z")), 400);
    assertProblem("not on hold", operator.delete(path), 409);
    assertThat(holder.http().get(holder.path()).json().get("status").asText()).isEqualTo("good");
  }

  @Test
  void revokedStaysRevoked() {
    Tenant.Holder holder = holder();
    String path = holder.path() + "/revocation";
    revoke(holder, Map.of("reason", "superseded"));
    String at = operator.get(holder.path()).json().get("revokedAt").asText();
    assertThat(operator.post(path, Map.of("reason", "superseded")).json().get("revokedAt").asText())
        .as("again changes nothing")
        .isEqualTo(at);
    assertProblem("another reason", operator.post(path, Map.of("reason", "unspecified")), 409);
    assertProblem("a hold", operator.post(path, Map.of("reason", "certificateHold")), 409);
    assertProblem("release", operator.delete(path), 409);
    // RFC 5280 s5.3.1: what is known of the key counts more than what was said before.
    assertThat(operator.post(path, Map.of("reason", "keyCompromise")).json().get("reason").asText())
        .isEqualTo("keyCompromise");
  }

  @Test
  void anExpiredOneCanBeRevokedAndIsShownOnce() throws Exception {
    Csrs.Made made = Csrs.ec("").dns("brief.internal.test").build();
    Http.Answer answer =
        home.http()
            .post(
                "/v1/certificates",
                Map.of("profile", "tls-client", "csr", made.pem(), "validity", "PT5M2S"));
    Tenant.Holder holder = Tenant.Holder.of(home, made.pair(), answer);
    await().atMost(SOON).until(() -> holder.certificate().validity().endedBefore(Instant.now()));
    revoke(holder, Map.of("reason", "keyCompromise"));
    assertThat(entry(awaitListed(holder), holder)).isPresent();
    // The next CRL of all no longer lists it: RFC 5280 s3.3.
    await()
        .atMost(SOON)
        .until(
            () -> {
              revoke(holder(), Map.of());
              return entry(crl(), holder).isEmpty();
            });
  }

  @Test
  void cachesAreTold() throws Exception {
    Http.Answer answer = Http.plain().get(PATH);
    assertThat(answer.type()).isEqualTo("application/pkix-crl");
    assertThat(header(answer, "Cache-Control")).contains("max-age=");
    assertThat(header(answer, "Last-Modified")).isNotEmpty();
    assertThat(header(answer, "Expires")).isNotEmpty();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              String tag = header(Http.plain().get(PATH), "ETag");
              Http.Answer again = Http.plain().get(PATH, "If-None-Match", tag);
              assertThat(again.status()).isEqualTo(304);
              assertThat(again.body()).isEmpty();
            });
    assertThat(Http.plain().get(PATH, "If-None-Match", "\"another\"").status()).isEqualTo(200);
    assertThat(
            Http.plain().get(PATH, "If-Modified-Since", header(answer, "Last-Modified")).status())
        .isIn(200, 304);
  }

  private Tenant.Holder holder() {
    return home.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
  }

  private void revoke(Tenant.Holder holder, Map<String, String> ask) {
    Http.Answer answer = home.http().post(holder.path() + "/revocation", ask);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static X509CRL awaitListed(Tenant.Holder holder) {
    return await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(CrlFollowsTheBookTest::crl, crl -> entry(crl, holder).isPresent());
  }

  private static X509CRL crl() throws Exception {
    Http.Answer answer = Http.plain().get(PATH);
    assertThat(answer.status()).isEqualTo(200);
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(answer.body()));
  }

  private static Optional<X509CRLEntry> entry(X509CRL crl, Tenant.Holder holder) {
    return Optional.ofNullable(crl.getRevokedCertificate(holder.certificate().serial().value()));
  }

  private static BigInteger number(X509CRL crl) {
    byte[] number = ASN1OctetString.getInstance(crl.getExtensionValue("2.5.29.20")).getOctets();
    return ASN1Integer.getInstance(number).getValue();
  }

  private static String header(Http.Answer answer, String name) {
    return answer.raw().headers().firstValue(name).orElse("");
  }
}
