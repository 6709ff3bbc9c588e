package io.chancery.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.cli.local.Addresses;
import io.chancery.cli.local.DataDirectory;
import io.chancery.warrant.Deed;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Statement;
import io.chancery.warrant.Terms;
import io.chancery.warrant.Verdict;
import io.chancery.x509.Der;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import io.chancery.x509.Thumbprint;
import io.chancery.x509.handshake.KeyStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The child's https clients: a service with its token, and the administrator. */
public final class Clients implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Addresses addresses;
  private final String token;
  private final HttpClient service;
  private final HttpClient administrator;
  private final HttpClient approver;
  private final IssuedCertificate second;
  private final PrivateKey secondKey;
  private final X509Certificate issuer;

  public Clients(Child child) {
    this(child.data(), child.addresses());
  }

  Clients(DataDirectory data, Addresses addresses) {
    this.addresses = addresses;
    try {
      Path trust = data.trust();
      Path admin = data.admin();
      List<X509Certificate> roots = certificates(data.rootCertificate());
      this.token = Files.readString(data.enrolToken()).strip();
      this.issuer = certificates(trust.resolve("chain.pem")).getFirst();
      KeyStore none = KeyStores.inMemory();
      this.service = client(roots, none);
      this.administrator = person(roots, admin);
      this.approver = person(roots, data.approver());
      this.second = IssuedCertificate.parse(Der.of(first(data.approver()).getEncoded()));
      this.secondKey = key(data.approver());
    } catch (IOException | GeneralSecurityException cannot) {
      throw new Failure.Misconfigured(
              "data directory " + data.root(),
              "its files cannot be used: " + cannot,
              "give an empty folder with --data")
          .because(cannot);
    }
  }

  X509Certificate issuer() {
    return issuer;
  }

  /** Asks for a certificate; completes with whether there is one. */
  CompletableFuture<Boolean> enrolLater(String csrPem) {
    return service
        .sendAsync(enrolment(csrPem), BodyHandlers.ofString())
        .handle((answer, failed) -> failed == null && answer.statusCode() == 201);
  }

  /** The certificate in PEM. */
  String enrol(String csrPem) {
    JsonNode answer = answered(service, enrolment(csrPem));
    return answer.path("certificate").asText();
  }

  void revoke(String serial) {
    answered(
        administrator,
        request("/v1/certificates/" + serial + "/revocation", "{\"reason\":\"superseded\"}")
            .build());
  }

  /** As the administrator. */
  JsonNode administrator(String path, Map<String, ?> body) {
    return answered(administrator, request(path, json(body)).build());
  }

  public JsonNode look(String path) {
    return answered(administrator, get(path));
  }

  /** As the service, with its token: what its organization sees. */
  public JsonNode lookAsService(String path) {
    return answered(
        service,
        from(addresses.https() + path)
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + token)
            .build());
  }

  /** What the second person says to a proposal, over octets that were read. */
  Map<String, Object> word(String proposal) {
    JsonNode read = answered(approver, get("/v1/approvals/" + proposal));
    Terms terms =
        new Terms(
            UUID.fromString(proposal),
            Deed.valueOf(read.path("deed").asText()),
            new OrganizationId(read.path("organization").asText()),
            Thumbprint.of(Base64.getDecoder().decode(read.path("exact").asText())),
            read.path("need").asInt(),
            read.path("proposer").asText(),
            Instant.parse(read.path("proposed").asText()),
            Instant.parse(read.path("expires").asText()));
    byte[] octets = new Statement(terms, Verdict.APPROVE, read.path("you").asText(), "").octets();
    return Map.of("jws", DetachedJws.sign(secondKey, second, octets, Instant.now()));
  }

  void approve(String proposal, Map<String, Object> word) {
    answered(approver, request("/v1/approvals/" + proposal + "/endorsements", json(word)).build());
  }

  /** A public CRL. */
  X509CRL crl(String path) {
    HttpRequest get = from(addresses.http() + path).build();
    byte[] octets = send(service, get, BodyHandlers.ofByteArray()).body();
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(octets));
    } catch (GeneralSecurityException unreadable) {
      throw unexpected(get, "no CRL").because(unreadable);
    }
  }

  /** A public file of the plain listener: its entity tag, or its status where it is not 200. */
  String tag(String path) {
    HttpRequest head = from(addresses.http() + path).HEAD().build();
    HttpResponse<Void> answer = send(service, head, BodyHandlers.discarding());
    return answer.statusCode() == 200
        ? answer.headers().firstValue("ETag").orElse("none")
        : "status " + answer.statusCode();
  }

  /** How many octets a public file has. */
  long length(String path) {
    HttpRequest get = from(addresses.http() + path).build();
    return send(service, get, BodyHandlers.ofByteArray()).body().length;
  }

  /** A page of the management listener. */
  String management(String path) {
    HttpRequest get = from(addresses.management() + path).build();
    return send(service, get, BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    service.shutdownNow();
    administrator.shutdownNow();
    approver.shutdownNow();
  }

  private HttpRequest enrolment(String csrPem) {
    String body = json(Map.of("profile", "tls-client", "csr", csrPem));
    return request("/v1/certificates", body).header("Authorization", "Bearer " + token).build();
  }

  private static HttpRequest.Builder from(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER);
  }

  private HttpRequest get(String path) {
    return from(addresses.https() + path).header("Accept", "application/json").build();
  }

  private static String json(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException impossible) {
      throw new AssertionError("maps of texts are always JSON", impossible);
    }
  }

  private HttpRequest.Builder request(String path, String body) {
    return from(addresses.https() + path)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static JsonNode answered(HttpClient client, HttpRequest request) {
    HttpResponse<String> answer = send(client, request, BodyHandlers.ofString());
    try {
      if (answer.statusCode() / 100 == 2) {
        return JSON.readTree(answer.body());
      }
    } catch (IOException notJson) {
      throw unexpected(request, notJson.toString()).because(notJson);
    }
    throw unexpected(request, answer.statusCode() + " " + answer.body()).thrown();
  }

  private static <T> HttpResponse<T> send(
      HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException broken) {
      throw unexpected(request, broken.toString()).because(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static Failure unexpected(HttpRequest request, String what) {
    return new Failure.Misconfigured(
        request.uri().toString(), "answered " + what, "look at the instance's log");
  }

  private static HttpClient client(List<X509Certificate> roots, KeyStore own)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStores.inMemory();
    for (X509Certificate root : roots) {
      trusted.setCertificateEntry("root-" + trusted.size(), root);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .sslContext(context)
        .build();
  }

  private static HttpClient person(List<X509Certificate> roots, Path folder)
      throws GeneralSecurityException, IOException {
    KeyStore own = KeyStores.inMemory();
    own.setKeyEntry(
        "own",
        key(folder),
        new char[0],
        certificates(folder.resolve("cert.pem")).toArray(X509Certificate[]::new));
    return client(roots, own);
  }

  private static PrivateKey key(Path folder) throws GeneralSecurityException, IOException {
    byte[] key = Pem.decodeOne("PRIVATE KEY", Files.readString(folder.resolve("key.pem"))).octets();
    return KeyFactory.getInstance(first(folder).getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(key));
  }

  private static X509Certificate first(Path folder) throws GeneralSecurityException, IOException {
    return certificates(folder.resolve("cert.pem")).getFirst();
  }

  private static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> found = new ArrayList<>();
    for (var der : Pem.decode(Pem.CERTIFICATE, Files.readString(file))) {
      found.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.octets())));
    }
    return found;
  }
}
