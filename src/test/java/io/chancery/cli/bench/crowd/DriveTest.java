package io.chancery.cli.bench.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.chancery.PkiException;
import io.chancery.x509.Csr;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.SelfSigned;
import io.chancery.x509.Validity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted is what a server has answered, and every request is another one. */
class DriveTest {
  private static final String ANSWER = "{\"certificate\":\"none\"}";

  private final Queue<JsonNode> bodies = new ConcurrentLinkedQueue<>();
  private final Queue<String> happened = new ConcurrentLinkedQueue<>();
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Duration delay = Duration.ZERO;
  private volatile int status = 201;
  private HttpsServer server;
  private Asks asks;

  @BeforeEach
  void serve() throws Exception {
    KeyPair pair = KeyPairs.generate(KeyAlgorithm.EC_P256);
    X509Certificate own =
        JavaCertificates.of(
            SelfSigned.of(
                pair,
                DistinguishedName.parse("CN=localhost"),
                new Validity(Instant.now().minusSeconds(60), Instant.now().plusSeconds(3_600))));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", pair.getPrivate(), new char[0], new X509Certificate[] {own});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 100);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters connection) {
            happened.add("opened");
            super.configure(connection);
          }
        });
    server.setExecutor(threads);
    server.createContext(
        "/v1/certificates",
        exchange -> {
          bodies.add(new ObjectMapper().readTree(exchange.getRequestBody()));
          happened.add("asked");
          tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
          ports.add(exchange.getRemoteAddress().getPort());
          LockSupport.parkNanos(delay.toNanos());
          byte[] answer = ANSWER.getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    Door door = Door.of(server.getAddress().getPort(), List.of(own));
    asks = new Asks(door, "tls-client", Optional.of("secret"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everyRequestIsAnsweredOnceAndAsksForAnotherKey() {
    asks.fill(20);
    Answers answers = Drive.run(asks::next, Course.many(4, 20));
    assertThat(answers.good()).isEqualTo(20);
    assertThat(answers.failed()).isZero();
    assertThat(answers.times().millis(0.5))
        .isPositive()
        .isLessThanOrEqualTo(answers.times().maxMillis());
    assertThat(bodies.stream().map(DriveTest::csr).map(csr -> csr.key().thumbprint()).distinct())
        .hasSize(20);
    assertThat(bodies.stream().map(DriveTest::csr).map(Csr::names).distinct()).hasSize(20);
    assertThat(tokens).containsExactly("Bearer secret");
    assertThat(ports).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aNewConnectionForEachIsNew() {
    asks.fill(10);
    Answers answers = Drive.run(asks::next, Course.many(2, 10).withNewConnections());
    assertThat(answers.good()).as(answers.failure()).isEqualTo(10);
    assertThat(ports).hasSize(10);
  }

  /** One hand cannot do ten in half a second: the others are late, and that counts. */
  @Test
  void timesCountFromWhenARequestWasDue() {
    delay = Duration.ofMillis(150);
    asks.fill(10);
    Answers answers = Drive.run(asks::next, Course.paced(1, Duration.ofMillis(500), 20));
    assertThat(answers.good()).isEqualTo(10);
    assertThat(answers.times().maxMillis()).isGreaterThan(10 * 150 - 500);
    assertThat(answers.times().within(1)).isZero();
  }

  /** Or the first requests would count what it takes to open as many connections at once. */
  @Test
  void whatIsKeptIsOpenBeforeTheFirstRequestIsDue() {
    asks.fill(9);
    Answers answers = Drive.run(asks::next, Course.paced(4, Duration.ofMillis(100), 50));
    assertThat(answers.good()).as(answers.failure()).isEqualTo(5);
    assertThat(happened).startsWith("opened", "opened", "opened", "opened", "asked");
    assertThat(happened).filteredOn("opened"::equals).hasSize(4);
  }

  @Test
  void whatIsRefusedIsCountedAndTold() {
    status = 503;
    asks.fill(4);
    Answers answers = Drive.run(asks::next, Course.many(2, 4));
    assertThat(answers.good()).isZero();
    assertThat(answers.failed()).isEqualTo(4);
    assertThat(answers.failure()).contains("status 503", ANSWER);
  }

  @Test
  void handshakesAreCounted() {
    Handshakes.Made made = Handshakes.run(asks.door(), 2, Duration.ofMillis(300));
    assertThat(made.count()).isPositive();
    assertThat(bodies).isEmpty();
  }

  @Test
  void aServiceThatGetsNoCertificateSaysSo() {
    status = 403;
    PkiException refused =
        catchThrowableOfType(PkiException.class, () -> new Members(asks).newcomer());
    assertThat(refused).hasMessageContaining("403");
  }

  private static Csr csr(JsonNode body) {
    assertThat(body.path("profile").asText()).isEqualTo("tls-client");
    return Csr.parse(body.path("csr").asText().getBytes(StandardCharsets.US_ASCII));
  }
}
