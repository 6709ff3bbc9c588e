package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.OpenSslTool;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delta CRL tells within five seconds what has changed since a complete one. */
@QuarkusTest
@WithTestResource(World.class)
class DeltaCrlTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;
  @Inject Tenant tenants;

  private Tenant.Holder holder;
  private Http operator;
  private OpenSslTool openssl;

  @BeforeEach
  void issue() throws Exception {
    holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    operator = tenants.person(Role.OPERATOR).http();
    openssl = new OpenSslTool(folder);
    openssl.write("root.pem", Http.root());
    openssl.write("issuing.pem", holder.issuer());
    openssl.write("leaf.pem", holder.certificate());
    PublishedCrls.fetch(openssl, folder, PublishedCrls.WHOLE, "complete.pem");
  }

  @Test
  void aHoldComesAndIsTakenBack() throws Exception {
    change("certificateHold");
    X509CRL held = delta(CRLReason.CERTIFICATE_HOLD);
    assertThat(opensslWithDelta()).contains("certificate revoked");
    assertThat(operator.delete(holder.path() + "/revocation").status()).isEqualTo(200);
    X509CRL released = delta(CRLReason.REMOVE_FROM_CRL);
    assertThat(PublishedCrls.number(released)).isGreaterThan(PublishedCrls.number(held));
    assertThat(opensslWithDelta()).contains("leaf.pem: OK");
  }

  /** The complete CRL that openssl has was fetched before the revocation. */
  @Test
  void opensslCombinesAnOldCompleteOneWithTheDelta() throws Exception {
    delta();
    assertThat(opensslWithDelta()).contains("leaf.pem: OK");
    change("keyCompromise");
    delta(CRLReason.KEY_COMPROMISE);
    assertThat(opensslWithDelta()).contains("certificate revoked");
  }

  @Test
  void itBuildsOnACompleteOneThatIsStillInForce() {
    X509CRL delta = delta();
    assertThat(PublishedCrls.base(delta))
        .isPositive()
        .isLessThan(PublishedCrls.number(delta))
        .isLessThanOrEqualTo(PublishedCrls.number(PublishedCrls.crl(PublishedCrls.WHOLE)));
    // RFC 5280 s5.2.6: a delta has no freshest CRL; s5.2.1: the same key identifier as its base.
    assertThat(delta.getExtensionValue("2.5.29.46")).isNull();
    assertThat(PublishedCrls.crl(PublishedCrls.WHOLE).getNonCriticalExtensionOIDs())
        .contains("2.5.29.46");
  }

  @Test
  void numbersAreSharedAndGrow() {
    long before = 0;
    for (String reason : new String[] {"certificateHold", "superseded", "keyCompromise"}) {
      change(reason);
      CRLReason wanted =
          switch (reason) {
            case "certificateHold" -> CRLReason.CERTIFICATE_HOLD;
            case "superseded" -> CRLReason.SUPERSEDED;
            default -> CRLReason.KEY_COMPROMISE;
          };
      X509CRL delta = delta(wanted);
      assertThat(PublishedCrls.number(delta)).isGreaterThan(before);
      before = PublishedCrls.number(delta);
    }
    X509CRL whole = PublishedCrls.await(PublishedCrls.WHOLE, SOON, crl -> entry(crl).isPresent());
    X509CRL delta = delta();
    assertThat(PublishedCrls.number(whole)).isNotEqualTo(PublishedCrls.number(delta));
  }

  @Test
  void gnuTlsReadsAndVerifiesAllOfThem() throws Exception {
    change("superseded");
    delta(CRLReason.SUPERSEDED);
    for (String path : new String[] {PublishedCrls.WHOLE, PublishedCrls.DELTA}) {
      PublishedCrls.fetch(openssl, folder, path, "one.pem");
      Process certtool =
          new ProcessBuilder("certtool", "--verify-crl", "--load-ca-certificate", "issuing.pem")
              .directory(folder.toFile())
              .redirectInput(folder.resolve("one.pem").toFile())
              .redirectErrorStream(true)
              .start();
      String text = new String(certtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(certtool.waitFor()).as(text).isZero();
      assertThat(text).contains("Verified");
    }
  }

  private void change(String reason) {
    Http.Answer answer = operator.post(holder.path() + "/revocation", Map.of("reason", reason));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private Optional<X509CRLEntry> entry(X509CRL crl) {
    return Optional.ofNullable(crl.getRevokedCertificate(holder.certificate().serial().value()));
  }

  private X509CRL delta(CRLReason reason) {
    return PublishedCrls.await(
        PublishedCrls.DELTA,
        SOON,
        crl -> entry(crl).filter(entry -> entry.getRevocationReason() == reason).isPresent());
  }

  /** One that is newer than the complete CRL in the folder. */
  private X509CRL delta() {
    return PublishedCrls.await(
        PublishedCrls.DELTA,
        SOON,
        crl ->
            PublishedCrls.number(crl)
                > PublishedCrls.number(PublishedCrls.crl(PublishedCrls.WHOLE)));
  }

  private String opensslWithDelta() throws Exception {
    PublishedCrls.fetch(openssl, folder, PublishedCrls.DELTA, "delta.pem");
    return openssl
        .run(
            "verify",
            "-crl_check",
            "-use_deltas",
            "-extended_crl",
            "-CAfile",
            "root.pem",
            "-untrusted",
            "issuing.pem",
            "-CRLfile",
            "complete.pem",
            "-CRLfile",
            "delta.pem",
            "leaf.pem")
        .text();
  }
}
