package io.chancery.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.MemoryKey;
import io.chancery.warrant.SigningSwitch;
import io.chancery.x509.Csr;
import io.chancery.x509.Der;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Pem;
import io.chancery.x509.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roots, authorities below them, and certificates that come back from elsewhere. */
class CeremonyTest {
  private static final DistinguishedName NAME = DistinguishedName.parse("O=Example Bank, CN=X");

  @TempDir Path folder;

  private final Scene scene = new Scene();
  private final AuthorityCertificates certificates = scene.certificates;
  private final MemoryKey key = MemoryKey.named("issuing");

  @ParameterizedTest
  @ValueSource(strings = {"ec-p256", "ec-p384", "rsa-2048", "ed25519"})
  void rootsOfEveryFamilyAreMade(String algorithm) throws Exception {
    IssuedCertificate root =
        certificates.root(
            MemoryKey.generate(KeyAlgorithm.parse(algorithm)),
            NAME,
            Scene.ROOT_VALIDITY,
            Optional.empty());
    OpenSsl openssl = new OpenSsl(folder);
    openssl.write("root.pem", root);

    assertThat(root.issuer()).isEqualTo(root.subject());
    assertThat(root.validity()).isEqualTo(Scene.ROOT_VALIDITY);
    assertThat(
            openssl.mustRun(
                "verify",
                "-x509_strict",
                "-check_ss_sig",
                "-attime",
                String.valueOf(Scene.NOW.getEpochSecond()),
                "-CAfile",
                "root.pem",
                "root.pem"))
        .contains("OK");
  }

  @Test
  void anAuthorityThatOutlivesItsIssuerIsRefused() {
    Failure failure =
        failure(
            () ->
                intermediate(
                    Validity.starting(Scene.ROOT_VALIDITY.notBefore(), Duration.ofDays(3651)), 0));

    assertThat(failure)
        .isInstanceOfSatisfying(
            Failure.LintFailed.class,
            lint ->
                assertThat(lint.findings())
                    .extracting(Failure.LintFailed.Finding::rule)
                    .containsExactly("validity-within-issuer"));
  }

  @Test
  void anAuthorityWithMoreRoomThanItsIssuerIsRefused() {
    assertThat(failure(() -> intermediate(Scene.ISSUING_VALIDITY, 1)))
        .isInstanceOf(Failure.LintFailed.class);
  }

  @Test
  void anIssuersKeyThatIsNotItsCertificatesIsRefused() {
    assertThat(
            failure(
                () ->
                    certificates.intermediate(
                        scene.root,
                        MemoryKey.named("foreign"),
                        key.publicKey(),
                        NAME,
                        Scene.ISSUING_VALIDITY,
                        0,
                        NameConstraints.NONE)))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  @Test
  void nameConstraintsAreReadByOpenssl() throws Exception {
    IssuedCertificate made =
        certificates.intermediate(
            scene.root,
            scene.rootKey,
            key.publicKey(),
            NAME,
            Scene.ISSUING_VALIDITY,
            0,
            new NameConstraints(
                List.of("internal.test"),
                List.of("secret.internal.test"),
                List.of("10.0.0.0/8", "fd00::/8"),
                List.of("10.9.0.0/16")));
    OpenSsl openssl = new OpenSsl(folder);
    openssl.write("made.pem", made);

    assertThat(openssl.mustRun("x509", "-noout", "-text", "-in", "made.pem"))
        .contains(
            "X509v3 Name Constraints: critical",
            "DNS:internal.test",
            "IP:10.0.0.0/255.0.0.0",
            "DNS:secret.internal.test",
            "IP:10.9.0.0/255.255.0.0",
            "CA:TRUE, pathlen:0",
            "Certificate Sign, CRL Sign");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.1/8", "10.0.0.0/33", "x/8", "10.0.0.0/-1"})
  void networksThatAreNoneAreRefused(String network) {
    assertThat(
            failure(() -> new NameConstraints(List.of(), List.of(), List.of(network), List.of())))
        .isInstanceOf(Failure.Malformed.class);
  }

  @Test
  void domainsThatAreNoneAreRefused() {
    for (String domain : List.of("*.internal.test", ".internal.test", "")) {
      assertThat(
              failure(() -> new NameConstraints(List.of(domain), List.of(), List.of(), List.of())))
          .isInstanceOf(Failure.Malformed.class);
    }
  }

  @Test
  void aRequestIsReadByOpensslAndByTheDoor() throws Exception {
    Der request = certificates.request(key, NAME);
    OpenSsl openssl = new OpenSsl(folder);
    openssl.write("request.pem", Pem.REQUEST, request);

    assertThat(openssl.mustRun("req", "-verify", "-noout", "-subject", "-in", "request.pem"))
        .contains("verify OK", "O = Example Bank, CN = X");
    assertThat(Csr.parse(request.octets()).key()).isEqualTo(key.publicKey());
  }

  @Test
  void whatComesBackFromElsewhereIsAccepted() throws Exception {
    // A foreign authority: openssl signs the request under a root of its own.
    OpenSsl openssl = new OpenSsl(folder);
    openssl.write("request.pem", Pem.REQUEST, certificates.request(key, NAME));
    Files.writeString(
        folder.resolve("ca.ext"),
        """
        basicConstraints=critical,CA:TRUE,pathlen:0
        keyUsage=critical,keyCertSign,cRLSign
        subjectKeyIdentifier=hash
        authorityKeyIdentifier=keyid
        """);
    openssl.mustRun(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "root.key",
        "-subj",
        "/CN=Foreign Root",
        "-days",
        "30",
        "-out",
        "root.pem",
        "-addext",
        "keyUsage=critical,keyCertSign,cRLSign");
    openssl.mustRun(
        "x509",
        "-req",
        "-in",
        "request.pem",
        "-CA",
        "root.pem",
        "-CAkey",
        "root.key",
        "-CAcreateserial",
        "-days",
        "20",
        "-extfile",
        "ca.ext",
        "-out",
        "made.pem");
    IssuedCertificate root = read("root.pem");
    IssuedCertificate made = read("made.pem");
    // openssl made them valid from the real present on: look at them at that time.
    AuthorityCertificates then =
        new AuthorityCertificates(
            new SecureRandom(), InstantSource.fixed(made.validity().notBefore()));

    assertThat(then.accept(made, key, List.of(root))).isSameAs(made);
    Issuer issuer =
        new Issuer(Scene.ISSUING, made, List.of(root), key, Scene.ADDRESSES, new SigningSwitch());
    IssuedCertificate leaf =
        issuer.sign(issuer.prepare(Scene.server(), Scene.SERIAL, made.validity().notBefore()));
    assertThat(leaf.validity().notAfter()).isEqualTo(made.validity().notAfter());
    openssl.write("leaf.pem", leaf);
    assertThat(
            openssl.mustRun(
                "verify",
                "-x509_strict",
                "-CAfile",
                "root.pem",
                "-untrusted",
                "made.pem",
                "-attime",
                String.valueOf(made.validity().notBefore().getEpochSecond()),
                "leaf.pem"))
        .contains("leaf.pem: OK");
  }

  @Test
  void whatComesBackWrongIsRefusedInWords() {
    IssuedCertificate issuing = scene.issuing;

    assertThat(refused(issuing, MemoryKey.named("foreign"), List.of(scene.root)))
        .contains("is not the key of the certificate");
    assertThat(
            refused(
                scene.issue(Scene.server()), MemoryKey.named("leaf"), List.of(issuing, scene.root)))
        .contains("is no authority's certificate");
    assertThat(refused(issuing, key, List.of())).contains("is no root");
    Scene other = new Scene(MemoryKey.named("other"), key, NameConstraints.NONE);
    assertThat(refused(issuing, key, List.of(other.root))).contains("is not signed by");
    assertThat(refused(issuing, key, List.of(issuing, scene.root)))
        .contains("allows fewer authorities below it");
    AuthorityCertificates later =
        new AuthorityCertificates(
            new SecureRandom(),
            InstantSource.fixed(Scene.ISSUING_VALIDITY.notAfter().plusSeconds(1)));
    assertThat(failure(() -> later.accept(issuing, key, List.of(scene.root))).detail())
        .contains("expired at");
  }

  private String refused(
      IssuedCertificate certificate, MemoryKey key, List<IssuedCertificate> chain) {
    Failure failure = failure(() -> certificates.accept(certificate, key, chain));
    assertThat(failure).isInstanceOf(Failure.Misconfigured.class);
    assertThat(failure.remedy()).isNotEmpty();
    return failure.detail();
  }

  private IssuedCertificate intermediate(Validity validity, int pathLength) {
    return certificates.intermediate(
        scene.root,
        scene.rootKey,
        key.publicKey(),
        NAME,
        validity,
        pathLength,
        NameConstraints.NONE);
  }

  private IssuedCertificate read(String name) throws Exception {
    return IssuedCertificate.parse(
        Pem.decodeOne(Pem.CERTIFICATE, Files.readString(folder.resolve(name))));
  }

  private static Failure failure(ThrowingCallable deed) {
    return catchThrowableOfType(PkiException.class, deed).failure();
  }
}
