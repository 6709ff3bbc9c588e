package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.testing.Csrs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An old backup comes back, and nothing that was done since is forgotten. {@code
 * -Drestore.certificates=1000} makes it larger; a fifth of them is revoked.
 */
class RestoredFromAnOldBackupIT {
  private static final int CERTIFICATES = Integer.getInteger("restore.certificates", 60);

  private Path folder;
  private Victim instance;
  private final Diary diary = new Diary();

  @BeforeEach
  void newInstance() throws IOException {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "restore-");
    instance = new Victim(folder);
    instance.start();
    instance.awaitUp();
  }

  @AfterEach
  void endWhatIsLeft() {
    instance.close();
  }

  @Test
  void whatWasDoneAfterTheBackupIsKnownAndRevokedStaysRevoked() throws Exception {
    String second = secondAdministrator();
    issue("before", 3);
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "a long enough passphrase\n");
    instance.command(
        "backup", folder.resolve("old.cms").toString(), "--passphrase-file=" + passphrase);

    Map<String, String> known = issue("after", CERTIFICATES);
    Set<String> revoked = new TreeSet<>();
    known.keySet().stream().limit(CERTIFICATES / 5).forEach(revoked::add);
    revoked.forEach(this::revoke);
    X509CRL before = awaitCrlWith(revoked);
    instance.stop();

    instance.command(
        "restore",
        folder.resolve("old.cms").toString(),
        "--passphrase-file=" + passphrase,
        "--replace");
    instance.start();
    instance.awaitUp();

    mustBeKnown(known);
    new StatusInspection(instance).mustHaveRevoked(revoked);
    // Until the next one is signed, the newest that was ever shown is still served from its file.
    assertThat(number(awaitCrlWith(revoked))).isGreaterThanOrEqualTo(number(before));
    await("a newer CRL")
        .atMost(Victim.PATIENCE)
        .until(() -> number(awaitCrlWith(revoked)).compareTo(number(before)) > 0);
    X509CRL after = awaitCrlWith(revoked);
    assertThat(after.getThisUpdate()).isAfterOrEqualTo(before.getThisUpdate());
    assertThat(Files.readString(instance.data().serviceLog())).contains("entries were done again");
    // What is issued now goes on behind what was done again.
    issue("since", 2);
    instance.stop();
    assertThat(instance.command("verify-ledger")).isNotEmpty();

    theCopyIsLost(second, known, revoked);
    // A failure leaves everything to be looked at.
    instance.forget();
  }

  /** Nothing is signed, what is known is answered, and two persons let it go on. */
  private void theCopyIsLost(String second, Map<String, String> known, Set<String> revoked)
      throws Exception {
    Files.move(instance.data().ledger(), folder.resolve("ledger.lost"));
    instance.start();
    instance.awaitInDoubt();
    awaitCrlWith(revoked);
    new StatusInspection(instance).mustHaveRevoked(revoked);

    Path statement = folder.resolve("loss.txt");
    instance.command("accept-loss", statement.toString());
    String first = instance.data().admin().resolve("cert.pem").toString();
    sign(statement, instance.data().admin().resolve("key.pem"), "first.sig");
    sign(statement, folder.resolve("second-key.pem"), "second.sig");
    instance.refuses(
        "accept-loss", statement.toString(), "--signed", first + "=" + folder.resolve("first.sig"));
    instance.command(
        "accept-loss",
        statement.toString(),
        "--reason=the disk burnt",
        "--signed=" + first + "=" + folder.resolve("first.sig"),
        "--signed=" + second + "=" + folder.resolve("second.sig"));
    await("the service goes on")
        .atMost(Victim.PATIENCE)
        .untilAsserted(() -> assertThat(tries("late")).isTrue());
    mustBeKnown(known);
    instance.stop();
    assertThat(instance.command("verify-ledger")).isNotEmpty();
  }

  private String secondAdministrator() throws IOException, InterruptedException {
    Path request = folder.resolve("second.csr");
    run(
        "openssl",
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        folder.resolve("second-key.pem").toString(),
        "-subj",
        "/",
        "-out",
        request.toString());
    String said = instance.command("administrator", request.toString());
    Path certificate = folder.resolve("second.pem");
    Files.writeString(certificate, said.substring(said.indexOf("-----BEGIN")));
    return certificate.toString();
  }

  private void sign(Path statement, Path key, String signature)
      throws IOException, InterruptedException {
    run(
        "openssl",
        "dgst",
        "-sha256",
        "-sign",
        key.toString(),
        "-out",
        folder.resolve(signature).toString(),
        statement.toString());
  }

  /** Serial to PEM. */
  private Map<String, String> issue(String name, int count) throws InterruptedException {
    Map<String, String> known = new ConcurrentHashMap<>();
    List<Thread> clients = new ArrayList<>();
    int at = 4;
    for (int client = 0; client < at; client++) {
      int first = client;
      clients.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    Door door = Door.open(instance, diary);
                    for (int i = first; i < count; i += at) {
                      JsonNode one =
                          door.ask(request(door, name + "-" + i), Door.FOR_EVER).orElseThrow();
                      known.put(one.get("serial").asText(), one.get("certificate").asText());
                    }
                  }));
    }
    for (Thread client : clients) {
      client.join();
    }
    assertThat(known).hasSize(count);
    return known;
  }

  private HttpRequest request(Door door, String name) {
    return door.request("/v1/certificates?profile=tls-peer")
        .header(
            "Authorization", "Bearer " + instance.data().readSecret(instance.data().enrolToken()))
        .header("Content-Type", "application/pkcs10")
        .POST(
            HttpRequest.BodyPublishers.ofByteArray(
                Csrs.ec("").dns(name + ".internal.test").build().der()))
        .build();
  }

  private boolean tries(String name) {
    Door door = Door.open(instance, diary);
    return door.ask(request(door, name), 1).isPresent();
  }

  private void revoke(String serial) {
    Door administrator = Door.asAdministrator(instance, diary);
    administrator.ask(
        administrator
            .request("/v1/certificates/" + serial + "/revocation")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"keyCompromise\"}"))
            .build(),
        Door.FOR_EVER);
  }

  private void mustBeKnown(Map<String, String> known) {
    Door administrator = Door.asAdministrator(instance, diary);
    Map<String, String> found = new LinkedHashMap<>();
    for (String serial : known.keySet()) {
      JsonNode one =
          administrator
              .ask(administrator.request("/v1/certificates/" + serial).GET().build(), Door.FOR_EVER)
              .orElseThrow();
      found.put(serial, one.get("certificate").asText());
    }
    assertThat(found).isEqualTo(known);
  }

  private X509CRL awaitCrlWith(Set<String> revoked) {
    return await("a CRL with all of them")
        .atMost(Victim.PATIENCE)
        .until(
            this::crl,
            crl ->
                revoked.stream()
                    .allMatch(
                        serial -> crl.getRevokedCertificate(new BigInteger(serial, 16)) != null));
  }

  private X509CRL crl() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(instance.http() + "/crl/issuing.crl")).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return (X509CRL)
          CertificateFactory.getInstance("X.509")
              .generateCRL(new ByteArrayInputStream(answer.body()));
    }
  }

  private static BigInteger number(X509CRL crl) {
    byte[] value = crl.getExtensionValue(Extension.cRLNumber.getId());
    return CRLNumber.getInstance(ASN1OctetString.getInstance(value).getOctets()).getCRLNumber();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
