package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.chaos.machine.Signal;
import io.chancery.cli.local.Postgres;
import io.chancery.testing.Csrs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two replicas behind a balancer are restarted one after the other, and nobody who asks for status
 * notices. {@code -Drolling.rounds=N} restarts more often.
 */
class RollingRestartIT {
  private static final int ROUNDS = Integer.getInteger("rolling.rounds", 2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicBoolean on = new AtomicBoolean(true);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger issued = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private Path folder;
  private Victim ground;
  private Optional<Postgres> database = Optional.empty();
  private List<Serving> replicas = List.of();

  @BeforeEach
  void twoReplicas() throws IOException {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "rolling-");
    ground = new Victim(folder);
    ground.start();
    ground.awaitUp();
    ground.stop();
    database = Optional.of(Postgres.start(ground.data(), step -> {}));
    var access = database.get().access().properties();
    // Balancers look five times a second here; two seconds are ten looks.
    String delay = "-Dquarkus.shutdown.delay=2s";
    replicas =
        List.of(
            new Serving("one", ground.data(), access, delay),
            new Serving("two", ground.data(), access, delay));
    replicas.forEach(Serving::start);
    replicas.forEach(Serving::awaitReady);
  }

  @AfterEach
  void endWhatIsLeft() {
    replicas.forEach(Serving::close);
    ground.close();
  }

  @Test
  void nobodyWhoAsksForStatusNotices() throws Exception {
    try (Balancer balancer = new Balancer(replicas)) {
      byte[] question = questionAboutOneThatIs(balancer);
      List<Thread> clients =
          List.of(
              Thread.ofPlatform().start(() -> askForStatus(balancer, question)),
              Thread.ofPlatform().start(() -> askForStatus(balancer, question)),
              Thread.ofPlatform().start(() -> issue(balancer)));
      int before = 0;
      for (int round = 0; round < ROUNDS; round++) {
        Serving one = replicas.get(round % 2);
        assertThat(one.stop()).as("exit code; it said %s", one.said()).isZero();
        one.start();
        one.awaitReady();
        assertThat(issued.get()).as("certificates meanwhile").isGreaterThan(before);
        before = issued.get();
      }
      on.set(false);
      for (Thread client : clients) {
        client.join();
      }
    }
    System.out.printf(
        "rolling restart: %d restarts, %d status answers, %d failed; %d certificates,"
            + " longest pause %d ms%n",
        ROUNDS, asked.get(), failures.size(), issued.get(), longest.get() / 1_000_000);
    assertThat(failures).as("status answers that failed").isEmpty();
    assertThat(Duration.ofNanos(longest.get())).isLessThan(LONGEST_PAUSE);
    drained(replicas.getFirst());
    assertThat(replicas.getLast().stop()).isZero();
    database.orElseThrow().stop();
    ground.forget();
  }

  /** Readiness is down first, status is still answered, and what was held is given back. */
  private void drained(Serving one) throws Exception {
    long pid = one.process().pid();
    Signal.TERM.to(one.process());
    await().atMost(LONGEST_PAUSE).until(() -> !one.isReady());
    HttpRequest crl = HttpRequest.newBuilder(URI.create(one.http() + "/crl/issuing.crl")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = client.send(crl, BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).as("while it drains").isEqualTo(200);
      assertThat(answer.headers().firstValue("Connection")).contains("close");
    }
    assertThat(one.stop()).isZero();
    try (Connection connection = database.orElseThrow().access().connect();
        Statement statement = connection.createStatement();
        ResultSet held =
            statement.executeQuery(
                "select name || ' for ' || (expires_at - now()) from lease"
                    + " where expires_at > now() and holder like '"
                    + pid
                    + "/%'")) {
      List<String> kept = new ArrayList<>();
      while (held.next()) {
        kept.add(held.getString(1));
      }
      assertThat(kept).as("leases that were kept").isEmpty();
    }
  }

  private void askForStatus(Balancer balancer, byte[] question) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    while (on.get()) {
      status(
          client, HttpRequest.newBuilder(URI.create(balancer.next().http() + "/crl/issuing.crl")));
      status(
          client,
          HttpRequest.newBuilder(URI.create(balancer.next().http() + "/ocsp"))
              .header("Content-Type", "application/ocsp-request")
              .POST(BodyPublishers.ofByteArray(question)));
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void status(HttpClient client, HttpRequest.Builder request) {
    HttpRequest whole = request.timeout(Duration.ofSeconds(5)).build();
    asked.incrementAndGet();
    try {
      HttpResponse<byte[]> answer = client.send(whole, BodyHandlers.ofByteArray());
      // RFC 6960 s4.2.1: the response status is the fifth octet of a short one; successful is 0.
      if (answer.statusCode() != 200 || answer.body().length < 100) {
        failures.add(whole.uri() + " " + answer.statusCode());
      }
    } catch (IOException broken) {
      failures.add(whole.uri() + " " + broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One after the other; what fails is sent again with its key, until it is answered. */
  private void issue(Balancer balancer) {
    HttpClient client = client();
    String token = ground.data().readSecret(ground.data().enrolToken());
    long last = System.nanoTime();
    while (on.get()) {
      String key = "rolling-" + issued.get();
      byte[] csr = Csrs.ec("").dns(key + ".internal.test").build().der();
      if (ask(client, balancer, token, key, csr).isPresent()) {
        long now = System.nanoTime();
        longest.accumulateAndGet(now - last, Math::max);
        last = now;
        issued.incrementAndGet();
      }
    }
  }

  private static Optional<JsonNode> ask(
      HttpClient client, Balancer balancer, String token, String key, byte[] csr) {
    for (int attempt = 0; attempt < 200; attempt++) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(balancer.next().https() + "/v1/certificates?profile=tls-peer"))
              .timeout(Duration.ofSeconds(20))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/pkcs10")
              .header("Idempotency-Key", key)
              .POST(BodyPublishers.ofByteArray(csr))
              .build();
      try {
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 == 2) {
          return Optional.of(JSON.readTree(answer.body()));
        }
      } catch (IOException broken) {
        LockSupport.parkNanos(20_000_000);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
      LockSupport.parkNanos(20_000_000);
    }
    return Optional.empty();
  }

  private byte[] questionAboutOneThatIs(Balancer balancer) throws Exception {
    byte[] csr = Csrs.ec("").dns("first.internal.test").build().der();
    String token = ground.data().readSecret(ground.data().enrolToken());
    JsonNode made = ask(client(), balancer, token, "first", csr).orElseThrow();
    return new StatusInspection(ground).question(made.get("serial").asText());
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .sslContext(Door.tls(ground.data(), Optional.empty()))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }
}
