package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.profile.Approval;
import io.chancery.testing.MemoryKey;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import io.chancery.x509.RevocationReason;
import io.chancery.x509.Validity;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** openssl in its strict mode and the JDK's PKIX accept what is issued, and refuse the revoked. */
class CertificatePassesForeignVerifiersTest {
  private static final String AT = String.valueOf(Scene.NOW.getEpochSecond());

  @TempDir Path folder;

  private final Scene scene =
      new Scene(
          MemoryKey.named("root"),
          MemoryKey.named("issuing"),
          new NameConstraints(
              List.of("internal.test"), List.of(), List.of("10.0.0.0/8"), List.of()));

  static Stream<Approval> approvals() {
    return Stream.of(
        Scene.server(),
        Scene.approve(Scene.tlsServer(), "", "dns:*.internal.test", "ip:10.0.0.1"),
        Scene.approve(
            Scene.shortLived(), "CN=a", "uri:spiffe://internal.test/a", "dns:a.internal.test"),
        Scene.approve(Scene.responder(), "CN=OCSP responder"));
  }

  @ParameterizedTest
  @MethodSource("approvals")
  void opensslStrict(Approval approval) throws Exception {
    OpenSsl openssl = new OpenSsl(folder);
    openssl.write("root.pem", scene.root);
    openssl.write("issuing.pem", scene.issuing);
    openssl.write("leaf.pem", scene.issue(approval));

    assertThat(
            openssl.mustRun(
                "verify",
                "-x509_strict",
                "-attime",
                AT,
                "-CAfile",
                "root.pem",
                "-untrusted",
                "issuing.pem",
                "leaf.pem"))
        .contains("leaf.pem: OK");
  }

  @ParameterizedTest
  @MethodSource("approvals")
  void jdkPkix(Approval approval) throws Exception {
    validate(scene.issue(approval), List.of());
  }

  @Test
  void opensslChecksTheWholeChainByCrl() throws Exception {
    IssuedCertificate good = scene.issue(Scene.server());
    IssuedCertificate bad = scene.issue(Scene.server());
    OpenSsl openssl = new OpenSsl(folder);
    openssl.write("root.pem", scene.root);
    openssl.write("issuing.pem", scene.issuing);
    openssl.write("good.pem", good);
    openssl.write("bad.pem", bad);
    openssl.write("root.crl", Pem.CRL, rootCrl());
    openssl.write("issuing.crl", Pem.CRL, crl(bad));
    String[] verify = {
      "verify",
      "-x509_strict",
      "-attime",
      AT,
      "-crl_check_all",
      "-CAfile",
      "root.pem",
      "-untrusted",
      "issuing.pem",
      "-CRLfile",
      "root.crl",
      "-CRLfile",
      "issuing.crl",
      ""
    };

    verify[verify.length - 1] = "good.pem";
    assertThat(openssl.mustRun(verify)).contains("good.pem: OK");
    verify[verify.length - 1] = "bad.pem";
    assertThat(openssl.run(verify).text()).contains("certificate revoked");
  }

  @Test
  void theJdkChecksTheWholeChainByCrl() throws Exception {
    IssuedCertificate good = scene.issue(Scene.server());
    IssuedCertificate bad = scene.issue(Scene.server());
    List<Der> crls = List.of(rootCrl(), crl(bad));

    validate(good, crls);
    assertThatThrownBy(() -> validate(bad, crls))
        .isInstanceOfSatisfying(
            CertPathValidatorException.class,
            refused ->
                assertThat(refused.getReason())
                    .isEqualTo(CertPathValidatorException.BasicReason.REVOKED));
  }

  private Der rootCrl() {
    return scene.certificates.crlOfRoot(
        scene.root,
        scene.rootKey,
        Validity.starting(Scene.NOW.minusSeconds(60), Duration.ofDays(365)));
  }

  private Der crl(IssuedCertificate revoked) {
    return Crls.of(
        scene,
        new CrlContent(
            BigInteger.TWO, Scene.NOW.minusSeconds(60), Scene.NOW.plusSeconds(3600), Crls.WHOLE),
        Stream.of(
            new CrlEntry(
                revoked.serial(),
                Scene.NOW.minusSeconds(600),
                RevocationReason.KEY_COMPROMISE,
                Optional.empty())));
  }

  private void validate(IssuedCertificate leaf, List<Der> crls) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(read(factory, scene.root), null)));
    parameters.setDate(Date.from(Scene.NOW));
    parameters.setRevocationEnabled(!crls.isEmpty());
    List<X509CRL> lists = new ArrayList<>();
    for (Der crl : crls) {
      lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(crl.octets())));
    }
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
    CertPathValidator.getInstance("PKIX")
        .validate(
            factory.generateCertPath(List.of(read(factory, leaf), read(factory, scene.issuing))),
            parameters);
  }

  private static X509Certificate read(CertificateFactory factory, IssuedCertificate certificate)
      throws Exception {
    return (X509Certificate)
        factory.generateCertificate(new ByteArrayInputStream(certificate.der().octets()));
  }
}
