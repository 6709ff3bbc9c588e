package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.OpenSslTool;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What foreign validators make of a certificate before and after its revocation, over the plain
 * listener and by the addresses that stand in the certificate.
 */
@QuarkusTest
@WithTestResource(World.class)
class ValidatorsAgreeTest {
  private static final String NAME = "server.internal.test";

  @TempDir Path folder;
  @Inject Tenant tenants;

  private Tenant.Holder server;
  private OpenSslTool openssl;

  @BeforeEach
  void issue() throws Exception {
    server = tenants.fresh("dns:internal.test").enrol("tls-server", Csrs.ec("").dns(NAME));
    openssl = new OpenSslTool(folder);
    openssl.write("root.pem", Http.root());
    openssl.write("issuing.pem", server.issuer());
    openssl.write("server.pem", server.certificate());
  }

  @Test
  void opensslVerifiesStrictly() throws Exception {
    assertThat(
            openssl.mustRun(
                "verify",
                "-x509_strict",
                "-CAfile",
                "root.pem",
                "-untrusted",
                "issuing.pem",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                NAME,
                "server.pem"))
        .contains("server.pem: OK");
  }

  @Test
  void everyProfileVerifiesStrictly() throws Exception {
    Tenant.Home home = tenants.fresh("dns:internal.test", "uri:urn:partner");
    Map<String, Csrs> asked =
        Map.of(
            "tls-server", Csrs.rsa(2048, "CN=" + NAME).dns(NAME),
            "tls-client", Csrs.ed25519("").dns(NAME),
            "tls-peer", Csrs.ec("CN=" + NAME).dns(NAME),
            "short-lived", Csrs.ec("").dns(NAME),
            "partner-client", Csrs.ec("CN=Partner,O=Partner Bank").uri("urn:partner:one"));
    for (var one : asked.entrySet()) {
      openssl.write("one.pem", home.enrol(one.getKey(), one.getValue()).certificate());
      openssl.mustRun(
          "verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "one.pem");
    }
  }

  @Test
  void opensslAsksForOcspByPost() throws Exception {
    assertThat(ocsp()).contains("Response verify OK", "server.pem: good");
    revoke("keyCompromise");
    assertThat(ocsp())
        .contains("Response verify OK", "server.pem: revoked", "Reason: keyCompromise");
  }

  @Test
  void opensslChecksTheCrl() throws Exception {
    fetchCrl();
    assertThat(crlCheck().status()).isZero();
    revoke("superseded");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              fetchCrl();
              OpenSslTool.Answer answer = crlCheck();
              assertThat(answer.status()).isNotZero();
              assertThat(answer.text()).contains("certificate revoked");
            });
  }

  @Test
  void javaAsksForOcspAlone() throws Exception {
    var onlyOcsp =
        EnumSet.of(
            PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK);
    assertThat(java(onlyOcsp, List.of())).isEqualTo("good");
    revoke("keyCompromise");
    assertThat(java(onlyOcsp, List.of())).isEqualTo("REVOKED");
  }

  @Test
  void javaChecksTheCrlAlone() throws Exception {
    var onlyCrl =
        EnumSet.of(
            PKIXRevocationChecker.Option.ONLY_END_ENTITY,
            PKIXRevocationChecker.Option.PREFER_CRLS,
            PKIXRevocationChecker.Option.NO_FALLBACK);
    assertThat(java(onlyCrl, crl())).isEqualTo("good");
    revoke("keyCompromise");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(java(onlyCrl, crl())).isEqualTo("REVOKED"));
  }

  private String ocsp() throws Exception {
    String url = openssl.mustRun("x509", "-in", "server.pem", "-noout", "-ocsp_uri").strip();
    return openssl.mustRun(
        "ocsp",
        "-issuer",
        "issuing.pem",
        "-cert",
        "server.pem",
        "-url",
        url,
        "-CAfile",
        "root.pem",
        "-verify_other",
        "issuing.pem",
        "-no_nonce");
  }

  private OpenSslTool.Answer crlCheck() throws Exception {
    return openssl.run(
        "verify",
        "-x509_strict",
        "-crl_check",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "issuing.pem",
        "-CRLfile",
        "issuing.crl.pem",
        "server.pem");
  }

  private void fetchCrl() throws Exception {
    Files.write(folder.resolve("issuing.crl"), crlOctets());
    openssl.mustRun("crl", "-inform", "DER", "-in", "issuing.crl", "-out", "issuing.crl.pem");
  }

  /** From the address in the certificate, over plain http. */
  private byte[] crlOctets() throws Exception {
    String text = openssl.mustRun("x509", "-in", "server.pem", "-noout", "-text");
    String url = text.replaceAll("(?s).*?URI:(http://[^\\s]+\\.crl).*", "$1");
    assertThat(url).isEqualTo("http://127.0.0.1:" + Http.port("http.port") + "/crl/issuing.crl");
    return Http.plain().get("/crl/issuing.crl").body();
  }

  private List<?> crl() throws Exception {
    return List.of(
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(crlOctets())));
  }

  /** {@code good}, or the reason of the JDK's refusal. */
  private String java(Set<PKIXRevocationChecker.Option> options, List<?> crls) throws Exception {
    Security.setProperty("ocsp.enable", "true");
    IssuedCertificate root = Http.root();
    var path =
        CertificateFactory.getInstance("X.509")
            .generateCertPath(
                List.of(
                    JavaCertificates.of(server.certificate()),
                    JavaCertificates.of(server.issuer())));
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(JavaCertificates.of(root), null)));
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOptions(options);
    parameters.addCertPathChecker(checker);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(crls)));
    try {
      validator.validate(path, parameters);
      return "good";
    } catch (CertPathValidatorException refused) {
      return refused.getReason().toString();
    }
  }

  private void revoke(String reason) {
    assertThat(
            server
                .home()
                .http()
                .post(server.path() + "/revocation", Map.of("reason", reason))
                .status())
        .isEqualTo(200);
  }
}
