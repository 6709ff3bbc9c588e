package io.chancery.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.cli.local.DatabaseAccess;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.testing.Csrs;
import io.chancery.testing.Nginx;
import io.chancery.testing.OpenSslTool;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.JavaCertificates;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node beside the real service, asked by the real openssl; then alone. */
@QuarkusTest
@WithTestResource(World.class)
class StatusNodeTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  @Inject Tenant tenants;
  @Inject Issuers issuers;

  private final List<String> said = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private StatusNode.Listeners listeners;
  private OpenSslTool openssl;
  private Tenant.Home home;

  @BeforeEach
  void prepare() throws Exception {
    listeners = new StatusNode.Listeners("127.0.0.1", freePort(), freePort());
    openssl = new OpenSslTool(folder);
    Issuer issuer = issuers.all().getFirst();
    openssl.write("issuer.pem", issuer.certificate());
    Files.writeString(
        folder.resolve("trust.pem"), issuer.certificate().pem() + issuer.chain().getFirst().pem());
    home = tenants.fresh("dns:internal.test");
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void itFollowsTheBookAndGoesOnWithoutIt() throws Exception {
    Tenant.Holder good = holder("good.pem");
    Tenant.Holder bad = holder("bad.pem");
    try (StatusNode node = start(Optional.of(database()), Optional.empty())) {
      await().atMost(SOON).until(() -> asked("good.pem").contains("good.pem: good"));
      await().atMost(SOON).until(() -> asked("bad.pem").contains("bad.pem: good"));
      assertThat(get("/trust/bundle.pem").body()).isNotEmpty();
      assertThat(health().statusCode()).isEqualTo(200);

      bad.http().post(bad.path() + "/revocation", Map.of("reason", "superseded"));
      // Never "good" again, at once, though the new answer is signed elsewhere.
      await()
          .atMost(SOON)
          .until(
              () -> asked("bad.pem"),
              answer -> answer.contains("bad.pem: revoked") || answer.contains("trylater"));
      await().atMost(SOON).until(() -> asked("bad.pem").contains("bad.pem: revoked"));
      await().atMost(SOON).until(() -> crl().isRevoked(bad));
      assertThat(node.knownUntil()).isAfter(java.time.Instant.EPOCH);
    }

    // Neither database nor token: what it has seen is on its disk.
    try (StatusNode alone = start(Optional.empty(), Optional.empty())) {
      assertThat(asked("good.pem")).contains("Response verify OK", "good.pem: good");
      assertThat(asked("bad.pem")).contains("Response verify OK", "bad.pem: revoked");
      assertThat(crl().isRevoked(bad)).isTrue();
      assertThat(crl().isRevoked(good)).isFalse();
      assertThat(health().statusCode()).isEqualTo(200);
      assertThat(alone.knownUntil()).isEqualTo(java.time.Instant.EPOCH);
    }
  }

  @Test
  void whatItDoesNotKnowItDoesNotAnswer() throws Exception {
    Tenant.Holder holder = holder("known.pem");
    try (StatusNode node = start(Optional.of(database()), Optional.empty())) {
      await().atMost(SOON).until(() -> asked("known.pem").contains("known.pem: good"));
      assertThat(node.knownUntil()).isAfter(java.time.Instant.EPOCH);
      String never =
          openssl
              .run("ocsp", "-issuer", "issuer.pem", "-serial", "0x1234", "-url", url(), "-no_nonce")
              .text();
      // RFC 5019 s2.2.3: a responder that has only what was made ahead.
      assertThat(never).contains("unauthorized");
      assertThat(get("/v1/certificates/" + holder.serial()).statusCode()).isEqualTo(404);
      assertThat(get("/crl/nobody.crl").statusCode()).isEqualTo(404);
      assertThat(get("/issuers/../status").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aNodeThatHasNeverSeenAnythingSaysWhatItNeeds() throws IOException {
    assertThatThrownBy(() -> start(Optional.empty(), Optional.empty()))
        .isInstanceOfSatisfying(
            PkiException.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class));
    DatabaseAccess nowhere =
        new DatabaseAccess(
            "jdbc:postgresql://127.0.0.1:" + freePort() + "/none", "nobody", Optional.empty());
    assertThatThrownBy(() -> start(Optional.of(nowhere), Optional.empty()))
        .isInstanceOf(PkiException.class);
  }

  @Test
  void anExportFeedsANodeAndIsServedByAPlainWebServer() throws Exception {
    Tenant.Holder good = holder("good.pem");
    Tenant.Holder bad = holder("bad.pem");
    bad.http().post(bad.path() + "/revocation", Map.of("reason", "keyCompromise"));
    Path export = folder.resolve("export");
    await()
        .atMost(SOON)
        .until(
            () -> {
              export(export);
              return Files.exists(export.resolve("ocsp").resolve(path(good)))
                  && Files.exists(export.resolve("ocsp").resolve(path(bad)));
            });

    try (Nginx nginx =
        Nginx.start(
            folder,
            "",
            // One base64 in 64 ends with a slash, which a web server takes for a folder's.
            ("root %s; location /ocsp/ {"
                    + " rewrite ^(.+)/$ $1 break; default_type application/ocsp-response; }")
                .formatted(export.toAbsolutePath()))) {
      assertThat(verdict(good, nginx)).isEqualTo("good");
      assertThat(verdict(bad, nginx)).isEqualTo("REVOKED");
    }

    try (StatusNode node = start(Optional.empty(), Optional.of(export))) {
      assertThat(asked("good.pem")).contains("good.pem: good");
      assertThat(asked("bad.pem")).contains("bad.pem: revoked");
      good.http().post(good.path() + "/revocation", Map.of("reason", "superseded"));
      await()
          .atMost(SOON)
          .until(
              () -> {
                export(export);
                return asked("good.pem").contains("good.pem: revoked");
              });
      assertThat(node.knownUntil()).isAfter(java.time.Instant.EPOCH);
    }
  }

  @Test
  void aSecondExportWritesWhatIsNew() throws Exception {
    Tenant.Holder holder = holder("one.pem");
    Path export = folder.resolve("export");
    await()
        .atMost(SOON)
        .until(
            () -> {
              export(export);
              return Files.exists(export.resolve("ocsp").resolve(path(holder)));
            });
    assertThat(export(export)).contains("(0 new)");
  }

  /** What the JDK's PKIX validator makes of the static files, which it asks by GET. */
  private static String verdict(Tenant.Holder holder, Nginx nginx) throws Exception {
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker status = (PKIXRevocationChecker) validator.getRevocationChecker();
    status.setOcspResponder(URI.create(nginx.url() + "/ocsp"));
    status.setOptions(Set.of(PKIXRevocationChecker.Option.NO_FALLBACK));
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(JavaCertificates.of(holder.issuer()), null)));
    parameters.addCertPathChecker(status);
    try {
      validator.validate(
          CertificateFactory.getInstance("X.509")
              .generateCertPath(List.of(JavaCertificates.of(holder.certificate()))),
          parameters);
      return "good";
    } catch (CertPathValidatorException refused) {
      return refused.getReason().toString();
    }
  }

  private static String export(Path export) throws IOException, SQLException {
    java.time.InstantSource clock = java.time.InstantSource.system();
    try (Holdings holdings = new Holdings(export.resolve(StaticFiles.NODE), clock)) {
      BookLook book = new BookLook(StatusNodeTest::database, holdings, clock);
      book.look();
      book.reset();
      return new StaticFiles(export, holdings, clock, line -> {}).write();
    }
  }

  private String path(Tenant.Holder holder) {
    var issuer = issuers.all().getFirst();
    return StaticFiles.path(
        io.chancery.issuance.CertIdStem.of(
            issuer.name(), issuer.certificate(), io.chancery.issuance.OcspHash.SHA1),
        holder.certificate().serial());
  }

  private StatusNode start(Optional<DatabaseAccess> database, Optional<Path> from) {
    return StatusNode.start(folder.resolve("node"), database, from, listeners, said::add);
  }

  private Tenant.Holder holder(String file) throws IOException {
    Tenant.Holder holder = home.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    openssl.write(file, holder.certificate());
    return holder;
  }

  /** What openssl makes of the node's answer. */
  private String asked(String file) throws IOException, InterruptedException {
    return openssl
        .run(
            "ocsp",
            "-issuer",
            "issuer.pem",
            "-cert",
            file,
            "-CAfile",
            "trust.pem",
            "-url",
            url(),
            "-no_nonce")
        .text();
  }

  private String url() {
    return "http://127.0.0.1:" + listeners.http() + "/ocsp";
  }

  private record Crl(X509CRL crl) {
    boolean isRevoked(Tenant.Holder holder) {
      return crl.getRevokedCertificate(holder.certificate().serial().value()) != null;
    }
  }

  private Crl crl() throws Exception {
    HttpResponse<byte[]> answer = get("/crl/issuing.crl");
    return new Crl(
        (X509CRL)
            CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(answer.body())));
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return get(listeners.http(), path);
  }

  private HttpResponse<byte[]> health() throws IOException, InterruptedException {
    return get(listeners.management(), "/q/health/ready");
  }

  private HttpResponse<byte[]> get(int port, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static DatabaseAccess database() {
    var config = ConfigProvider.getConfig();
    return new DatabaseAccess(
        config.getValue("quarkus.datasource.jdbc.url", String.class),
        config.getValue("quarkus.datasource.username", String.class),
        Optional.of(Path.of(config.getValue("chancery.database.password-file", String.class))));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
