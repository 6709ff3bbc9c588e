package io.chancery.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.Pem;
import io.chancery.x509.handshake.KeyStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;

/** A plain Java client of the running service, with or without a client certificate. */
public final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final String base;
  private final Optional<String> token;

  private Http(HttpClient client, String base, Optional<String> token) {
    this.client = client;
    this.base = base;
    this.token = token;
  }

  /** An answer: status, content type and body. */
  public record Answer(int status, String type, byte[] body, HttpResponse<byte[]> raw) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException notJson) {
        throw new UncheckedIOException(text(), notJson);
      }
    }

    public String text() {
      return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /** Over https, without any credential. */
  public static Http anonymous() {
    return new Http(Nobody.CLIENT, https(), Optional.empty());
  }

  /** Over https, with an enrolment token. */
  public static Http with(String token) {
    return new Http(Nobody.CLIENT, https(), Optional.of(token));
  }

  /** Over https, with a client certificate and its issuers. */
  public static Http with(PrivateKey key, List<IssuedCertificate> chain) {
    return new Http(client(tls(Optional.of(key), chain)), https(), Optional.empty());
  }

  /** TLS as {@link #with(PrivateKey, List)} speaks it, for sockets of one's own. */
  public static SSLContext tls(PrivateKey key, List<IssuedCertificate> chain) {
    return tls(Optional.of(key), chain);
  }

  /** TLS without a client certificate. */
  public static SSLContext tls() {
    return tls(Optional.empty(), List.of());
  }

  /** One client for all who show no certificate: its connections belong to nobody. */
  private static final class Nobody {
    static final HttpClient CLIENT = client(tls());
  }

  /** Over plain http. */
  public static Http plain() {
    return new Http(
        HttpClient.newHttpClient(), "http://127.0.0.1:" + port("http.port"), Optional.empty());
  }

  /** Over plain http, the listener for monitoring. */
  public static Http management() {
    return new Http(
        HttpClient.newHttpClient(),
        "http://127.0.0.1:" + port("management.port"),
        Optional.empty());
  }

  /** The port of a listener: {@code http.port}, {@code http.ssl-port}, {@code management.port}. */
  public static int port(String listener) {
    return ConfigProvider.getConfig().getValue("quarkus." + listener, Integer.class);
  }

  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public Answer delete(String path, String... headers) {
    return send(request(path, headers).DELETE());
  }

  public Answer post(String path, Object body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json(body))));
  }

  public Answer put(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json(body))));
  }

  public Answer post(String path, String contentType, byte[] body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** Any method, with or without a body; an empty type sends none. */
  public Answer send(String method, String path, String contentType, byte[] body) {
    HttpRequest.Builder request = request(path);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return send(
        request.method(
            method,
            body.length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** An answer that goes on: its status, and its events as they come. */
  public record Streamed(int status, EventStream events) implements AutoCloseable {
    @Override
    public void close() {
      events.close();
    }
  }

  public Streamed follow(String path, String... headers) {
    try {
      HttpResponse<java.io.InputStream> answer =
          client.send(
              request(path, headers).header("Accept", "text/event-stream").GET().build(),
              HttpResponse.BodyHandlers.ofInputStream());
      return new Streamed(answer.statusCode(), new EventStream(answer.body()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    for (int i = 0; i + 1 < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse(""),
          answer.body(),
          answer);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static String json(Object body) {
    try {
      return body instanceof String text ? text : JSON.writeValueAsString(body);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private static String https() {
    return "https://localhost:" + port("http.ssl-port");
  }

  /** The world's root, as a validator has it. */
  public static IssuedCertificate root() {
    try {
      String file = ConfigProvider.getConfig().getValue("chancery.test.root", String.class);
      return IssuedCertificate.parse(
          Pem.decodeOne(Pem.CERTIFICATE, Files.readString(Path.of(file))));
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
  }

  private static SSLContext tls(Optional<PrivateKey> key, List<IssuedCertificate> chain) {
    try {
      KeyStore trusted = KeyStores.inMemory();
      trusted.setCertificateEntry("root", JavaCertificates.of(root()));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyStore own = KeyStores.inMemory();
      if (key.isPresent()) {
        own.setKeyEntry(
            "own",
            key.get(),
            new char[0],
            chain.stream()
                .map(JavaCertificates::of)
                .toArray(java.security.cert.X509Certificate[]::new));
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException cannot) {
      throw new IllegalStateException(cannot);
    }
  }
}
