package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.note.Signers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client commands against real TLS, spoken by another implementation. */
class ClientCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = new ArrayList<>();
  private TestAuthority authority;
  private HttpsServer server;
  private int status = 200;
  private String answer = "";
  private String preferred = "";

  @BeforeEach
  void listen() throws Exception {
    authority = new TestAuthority();
    SSLContext tls =
        Tls.context(List.of(authority.root), Optional.of(authority.identity("ip:127.0.0.1")));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext("/", this::serve);
    server.start();
    Path trust = Files.createDirectories(temp.resolve("data/trust"));
    Files.writeString(trust.resolve("root.pem"), TestAuthority.pem(authority.root));
    Files.writeString(temp.resolve("data/enrol.token"), "s3cret\n");
    Identity admin = authority.identity("dns:admin.internal.test");
    Path folder = Files.createDirectories(temp.resolve("data/admin"));
    Files.writeString(folder.resolve("cert.pem"), TestAuthority.pem(admin.certificate()));
    PemFiles.createPrivateKey(folder.resolve("key.pem"), admin.key());
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void enrolLeavesAKeyForItsOwnerAndTheCertificateForIt() throws Exception {
    assertThat(enrol()).withFailMessage(err::toString).isZero();
    Path key = temp.resolve("tls/key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    Identity made = Identity.read(temp.resolve("tls/cert.pem"), key);
    assertThat(made.certificate().getSubjectAlternativeNames())
        .containsExactly(List.of(2, "pay.internal.test"));
    assertThat(temp.resolve("tls/fullchain.pem")).content().contains(pem(authority.root));
    assertThat(asked).containsExactly("POST /v1/certificates Bearer s3cret tls-server");
    assertThat(out.toString()).contains("serial").doesNotContain("s3cret");
  }

  @Test
  void aRefusalIsShownInTheServersWordsAndLeavesNoKey() {
    status = 422;
    answer =
        """
        {"title":"Refused","detail":"name evil\\u001b[31m is not yours","rule":"names",\
        "remedy":"ask for another"}""";
    assertThat(enrol()).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "chancery: name evil?[31m is not yours (422, rule names)\n"
                + "  remedy: ask for another\n");
    assertThat(temp.resolve("tls/key.pem")).doesNotExist();
  }

  @Test
  void aKeyThatIsThereIsNotOverwritten() throws Exception {
    Files.createDirectories(temp.resolve("tls"));
    Files.writeString(temp.resolve("tls/key.pem"), "precious");
    assertThat(enrol()).isEqualTo(1);
    assertThat(temp.resolve("tls/key.pem")).hasContent("precious");
    assertThat(err.toString()).contains("is there already").contains("chancery renew");
  }

  @Test
  void renewProvesTheOldKeyAndPutsANewOneInPlace() throws Exception {
    enrol();
    asked.clear();
    Path key = temp.resolve("tls/key.pem");
    Identity old = Identity.read(temp.resolve("tls/cert.pem"), key);
    assertThat(run("renew", "--out", temp.resolve("tls").toString())).isZero();
    Identity made = Identity.read(temp.resolve("tls/cert.pem"), key);
    assertThat(made.certificate().getPublicKey()).isNotEqualTo(old.certificate().getPublicKey());
    assertThat(made.certificate().getSubjectAlternativeNames())
        .containsExactlyElementsOf(old.certificate().getSubjectAlternativeNames());
    String serial = old.certificate().getSerialNumber().toString(16);
    assertThat(asked)
        .containsExactly("POST /v1/certificates/" + serial + "/renewal certificate " + serial);
    assertThat(temp.resolve("tls/key.pem.new")).doesNotExist();
  }

  @Test
  void revokeSpeaksAsTheAdministrator() {
    assertThat(run("revoke", "0xAB12", "--reason", "keycompromise")).isZero();
    assertThat(asked.getFirst())
        .startsWith("POST /v1/certificates/ab12/revocation certificate ")
        .endsWith(" keyCompromise");
    assertThat(out.toString()).contains("revoked ab12 (keyCompromise)");
  }

  @Test
  void revokeWaitsAndKeepsTheReceiptThatItHasChecked() throws Exception {
    NoteSigner signer = Signers.log("chancery.internal/test");
    String text = "chancery-receipt/v1 chancery.internal/test\nserial ab12\n";
    String note = Note.unsigned(text).with(signer.sign(text)).toString();
    answer =
        JSON.writeValueAsString(
            Map.of(
                "visibility",
                Map.of(
                    "channels",
                    List.of(
                        Map.of(
                            "channel",
                            "ocsp/7f",
                            "replica",
                            "host:8443",
                            "state",
                            "visible",
                            "at",
                            "2026-05-01T10:00:00Z"),
                        Map.of("channel", "full", "state", "pending"))),
                "receipt",
                note));
    Path file = temp.resolve("receipt.txt");
    Path key = temp.resolve("data/trust/ledger.vkey");
    Files.writeString(key, signer.key().vkey() + "\n");
    assertThat(run("revoke", "ab12", "--wait", "10", "--receipt", file.toString()))
        .withFailMessage(err::toString)
        .isZero();
    assertThat(preferred).isEqualTo("wait=10");
    assertThat(out.toString())
        .containsPattern("ocsp +host:8443 +since 2026-05-01T10:00:00Z")
        .containsPattern("full +not yet")
        .contains("signed by the key in");
    assertThat(file).content().isEqualTo(note);

    Files.writeString(key, Signers.log("chancery.internal/other").key().vkey());
    assertThat(run("revoke", "ab12", "--receipt", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no known key has signed the note");
  }

  @Test
  void alertsAreListed() {
    answer =
        """
        {"items":[{"severity":"warning","organization":"demo","finding":"expiry/a1/30",\
        "text":"certificate a1 ends soon"}]}""";
    assertThat(run("alerts")).isZero();
    assertThat(out.toString()).contains("warning", "demo", "certificate a1 ends soon");
  }

  @Test
  void revokeManyShowsWhoIsHitAndDoesNothingWithoutAReason() {
    answer =
        """
        {"count":3,"inUse":2,"inUseMeans":"newest","byOrganization":\
        [{"value":"part\\u001bner","count":3,"inUse":2}]}""";
    assertThat(run("revoke-many", "--organization=partner", "--rsa-below=3072"))
        .withFailMessage(err::toString)
        .isZero();
    assertThat(asked).hasSize(1).first().asString().startsWith("POST /v1/revocations/preview");
    assertThat(out.toString()).contains("3, of these 2 in use", "part?ner", "Nothing was done");
    assertThat(run("revoke-many")).isEqualTo(2);
    assertThat(run("revoke-many", "--profile=a", "--reason=superseded", "--deadline=x"))
        .isEqualTo(2);
    assertThat(run("report-key", temp.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("there is no such file");
  }

  @Test
  void anInstanceWithAnotherRootIsNotSpokenTo() throws Exception {
    Path other = temp.resolve("other.pem");
    Files.writeString(other, TestAuthority.pem(new TestAuthority().root));
    assertThat(run("alerts", "--trust", other.toString())).isEqualTo(1);
    assertThat(asked).isEmpty();
    assertThat(err.toString()).contains("no TLS connection").contains("--trust");
  }

  @Test
  void nobodyThereIsSaidInWords() {
    server.stop(0);
    assertThat(run("alerts")).isEqualTo(1);
    assertThat(err.toString()).contains("nothing answers there").contains("chancery up");
  }

  private int enrol() {
    return run(
        "enrol",
        "--profile=tls-server",
        "--name=dns:pay.internal.test",
        "--out=" + temp.resolve("tls"));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + temp.resolve("data"));
    all.add("--url=https://127.0.0.1:" + server.getAddress().getPort());
    return Chancery.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private void serve(HttpExchange exchange) throws IOException {
    preferred = String.valueOf(exchange.getRequestHeaders().getFirst("Prefer"));
    byte[] sent = exchange.getRequestBody().readAllBytes();
    JsonNode body = sent.length == 0 ? JSON.createObjectNode() : JSON.readTree(sent);
    String who =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
            .orElseGet(() -> "certificate " + peer((HttpsExchange) exchange));
    String detail = body.path("profile").asText("") + body.path("reason").asText("");
    asked.add(
        (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + who + " " + detail)
            .strip());
    byte[] reply = (answer.isEmpty() ? issued(body) : answer).getBytes();
    exchange.sendResponseHeaders(status, reply.length);
    exchange.getResponseBody().write(reply);
    exchange.close();
  }

  private String issued(JsonNode body) throws IOException {
    if (!body.has("csr")) {
      return "{}";
    }
    try {
      X509Certificate certificate = authority.issue(body.path("csr").asText());
      return JSON.writeValueAsString(
          Map.of(
              "serial", certificate.getSerialNumber().toString(16),
              "certificate", pem(certificate),
              "chain", pem(authority.root),
              "notAfter", certificate.getNotAfter().toInstant().toString()));
    } catch (Exception broken) {
      throw new IOException(broken);
    }
  }

  private static String peer(HttpsExchange exchange) {
    try {
      X509Certificate peer = (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
      return peer.getSerialNumber().toString(16);
    } catch (SSLPeerUnverifiedException anonymous) {
      return "none";
    }
  }

  private static String pem(X509Certificate certificate) throws IOException {
    try {
      return TestAuthority.pem(certificate);
    } catch (Exception broken) {
      throw new IOException(broken);
    }
  }
}
