package io.chancery.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.cli.local.DataDirectory;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS to the instance, and a client's persistence: the same request until it is answered. */
public final class Door {
  /** How often a client that never gives up asks. */
  public static final int FOR_EVER = Integer.MAX_VALUE;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final char[] NEVER_STORED = new char[0];

  private final HttpClient client;
  private final String base;
  private final Diary diary;

  private Door(SSLContext tls, String base, Diary diary) {
    this.client =
        HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
    this.base = base;
    this.diary = diary;
  }

  /** For whoever has no certificate. */
  public static Door open(Victim victim, Diary diary) {
    return new Door(tls(victim.data(), Optional.empty()), victim.https(), diary);
  }

  /** For the administrator. */
  public static Door asAdministrator(Victim victim, Diary diary) {
    return new Door(tls(victim.data(), Optional.of(victim.data().admin())), victim.https(), diary);
  }

  /** For whoever holds this key and certificate. */
  public static Door as(Victim victim, Diary diary, PrivateKey key, IssuedCertificate one) {
    try {
      X509Certificate issuer = certificates(victim.data().trust().resolve("chain.pem"))[0];
      X509Certificate[] chain = {JavaCertificates.of(one), issuer};
      return new Door(tls(victim.data(), Optional.of(key), chain), victim.https(), diary);
    } catch (GeneralSecurityException | IOException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  /** TLS without a certificate of one's own. */
  public static SSLContext tls(Victim victim) {
    return tls(victim.data(), Optional.empty());
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
  }

  /**
   * Asks until a 2xx comes; empty where {@code times} were not enough. Down is a broken connection,
   * a 5xx or a 429; anything else that is not 2xx fails the test.
   */
  public Optional<JsonNode> ask(HttpRequest request, int times) {
    return ask(request, times, askedAt -> {});
  }

  /** The same; {@code answered} hears when the request that was answered had been sent. */
  public Optional<JsonNode> ask(HttpRequest request, int times, LongConsumer answered) {
    for (int attempt = 1; ; attempt++) {
      long askedAt = System.nanoTime();
      Optional<HttpResponse<byte[]>> answer = once(request);
      if (answer.isPresent() && answer.get().statusCode() / 100 == 2) {
        diary.served(askedAt);
        answered.accept(askedAt);
        return Optional.of(json(answer.get().body()));
      }
      if (attempt == times) {
        return Optional.empty();
      }
      diary.retries.increment();
      pause(answer);
    }
  }

  private Optional<HttpResponse<byte[]>> once(HttpRequest request) {
    diary.requests.increment();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      int status = answer.statusCode();
      if (status / 100 != 2) {
        diary.refused(status);
        if (status < 500 && status != 429) {
          throw new AssertionError(
              request.method() + " " + request.uri() + ": " + status + " " + json(answer.body()));
        }
      }
      return Optional.of(answer);
    } catch (IOException down) {
      diary.broken.increment();
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** Who is told to slow down does; who meets a service in trouble is impatient. */
  private static void pause(Optional<HttpResponse<byte[]>> answer) {
    long millis =
        answer.filter(one -> one.statusCode() == 429).isPresent()
            ? 1000L * Long.parseLong(answer.get().headers().firstValue("Retry-After").orElseThrow())
            : ThreadLocalRandom.current().nextLong(30, 250);
    LockSupport.parkNanos(millis * 1_000_000);
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  static SSLContext tls(DataDirectory data, Optional<Path> identity) {
    try {
      if (identity.isEmpty()) {
        return tls(data, Optional.empty(), new X509Certificate[0]);
      }
      X509Certificate[] chain = certificates(identity.get().resolve("cert.pem"));
      return tls(data, Optional.of(key(identity.get(), chain[0])), chain);
    } catch (GeneralSecurityException | IOException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  private static SSLContext tls(
      DataDirectory data, Optional<PrivateKey> key, X509Certificate[] chain) {
    try {
      KeyStore trusted = empty();
      trusted.setCertificateEntry("root", certificates(data.rootCertificate())[0]);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyStore own = empty();
      if (key.isPresent()) {
        own.setKeyEntry("own", key.get(), NEVER_STORED, chain);
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NEVER_STORED);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  private static X509Certificate[] certificates(Path file)
      throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
        .toArray(X509Certificate[]::new);
  }

  private static PrivateKey key(Path folder, X509Certificate of)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(folder.resolve("key.pem"));
    return KeyFactory.getInstance(of.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(Pem.decodeOne("PRIVATE KEY", pem).octets()));
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
