package io.chancery.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.chaos.machine.FakeTime;
import io.chancery.chaos.machine.HeldConnections;
import io.chancery.chaos.machine.OpenFiles;
import io.chancery.chaos.machine.SmallDisk;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a machine does to one instance of {@code up}, with a heap that is small. */
class MachineFaultsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration MUCH = Duration.ofDays(400);
  private static final int STARTS = 3;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final HttpClient PLAIN =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static Path folder;
  private static Optional<FakeTime> clock;
  private static Optional<SmallDisk> log = Optional.empty();
  private static Optional<SmallDisk> ledger = Optional.empty();
  private static Victim victim;
  private static HttpClient client;
  private static String token;

  @BeforeAll
  static void up() throws Exception {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "machine-");
    clock = FakeTime.in(folder);
    if (SmallDisk.canBeMade(folder)) {
      log = Optional.of(disk("log"));
      ledger = Optional.of(disk("ledger"));
    }
    victim =
        new Victim(
            folder,
            List.of(
                "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dchancery.disk.free-mib=1",
                "-Dchancery.disk.look=1s",
                "-Dchancery.alerts.every=1s",
                "-Dchancery.ledger.may-lag=3s"),
            environment());
    victim.start();
    awaitUp();
    client = newClient();
    token = victim.data().readSecret(victim.data().enrolToken());
    assertThat(issue().statusCode()).isEqualTo(201);
  }

  /** Under libfaketime, on a machine that is busy with other tests, a start takes its time. */
  private static void awaitUp() {
    for (int attempt = 1; ; attempt++) {
      try {
        victim.awaitUp();
        return;
      } catch (ConditionTimeoutException slow) {
        if (attempt == STARTS) {
          throw slow;
        }
      }
    }
  }

  /**
   * libfaketime reads the environment all the time, and glibc before 2.41 moves it under its feet
   * when a variable is set: what the token needs is there from the beginning.
   */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    clock.map(FakeTime::environment).ifPresent(environment::putAll);
    environment.put("SOFTHSM2_CONF", folder.resolve("data/softhsm/softhsm2.conf").toString());
    return environment;
  }

  private static SmallDisk disk(String name) throws IOException {
    return SmallDisk.at(Files.createDirectories(folder.resolve("data").resolve(name)), 24);
  }

  @AfterAll
  static void down() throws IOException {
    try {
      victim.stop();
    } finally {
      victim.close();
      log.ifPresent(SmallDisk::close);
      ledger.ifPresent(SmallDisk::close);
    }
    victim.forget();
  }

  @Test
  void aClockOfNextYearSignsNothing() throws Exception {
    assumeTrue(clock.isPresent(), "libfaketime is not installed: apt-get install faketime");
    long before = crlNumber();
    clock.get().set(MUCH);
    await().atMost(SOON).until(() -> issue().statusCode() == 503);
    assertThat(issue().body()).contains("this machine's clock stepped from");
    assertThat(part("clock").path("up").asBoolean()).isFalse();
    assertThat(overview().path("state").asText()).isEqualTo("DEGRADED");
    await().atMost(SOON).until(() -> alerts("clock").size() == 1);
    assertThat(status()).as("CRL").isEqualTo(200);
    assertThat(Instant.parse(overview().path("time").asText()))
        .isBefore(Instant.now().plus(Duration.ofDays(1)));
    clock.get().set(Duration.ZERO);
    await().atMost(SOON).until(() -> issue().statusCode() == 201);
    await().atMost(SOON).until(() -> alerts("clock").isEmpty());
    assertThat(crlNumber()).isGreaterThanOrEqualTo(before);
    for (JsonNode crl : overview().path("crls")) {
      assertThat(Instant.parse(crl.path("thisUpdate").asText()))
          .isBefore(Instant.now().plusSeconds(60));
    }
  }

  @Test
  void aFullLogStopsNothing() throws Exception {
    assumeTrue(log.isPresent(), "mounting a small disk takes root");
    log.get().fill();
    await().atMost(SOON).until(() -> !part("disk").path("up").asBoolean());
    assertThat(part("disk").path("trouble").asText()).contains("disk of the log");
    for (int i = 0; i < 5; i++) {
      assertThat(issue().statusCode()).isEqualTo(201);
    }
    await().atMost(SOON).until(() -> alerts("disk").size() == 1);
    log.get().makeRoom();
    await().atMost(SOON).until(() -> part("disk").path("up").asBoolean());
    await().atMost(SOON).until(() -> alerts("disk").isEmpty());
    victim.mustRun();
  }

  @Test
  void aFullCopyOfTheLedgerStopsIssuingInWordsAndNothingElse() throws Exception {
    assumeTrue(ledger.isPresent(), "mounting a small disk takes root");
    ledger.get().fill();
    await().atMost(SOON).until(() -> issue().statusCode() == 503);
    assertThat(issue().body()).contains("the copy of the ledger has been behind");
    assertThat(status()).isEqualTo(200);
    assertThat(overview().path("issuing").path("on").asBoolean()).isFalse();
    ledger.get().makeRoom();
    await().atMost(SOON).until(() -> issue().statusCode() == 201);
    await().atMost(SOON).until(() -> overview().path("state").asText().equals("WELL"));
  }

  @Test
  void withoutFreeFilesItServesWhomItServedAndRecovers() throws Exception {
    assumeTrue(OpenFiles.canBeLimited(), "prlimit is not installed: apt-get install util-linux");
    assertThat(status()).isEqualTo(200);
    OpenFiles files = OpenFiles.of(victim.process());
    files.leave(10);
    try (HeldConnections held = HeldConnections.to(victim.httpPort(), 60)) {
      held.dribble();
      assertThat(status()).as("on the connection that was open").isEqualTo(200);
    } finally {
      files.asBefore();
    }
    await().atMost(SOON).until(() -> newStatus() == 200);
    await().atMost(SOON).until(() -> issue().statusCode() == 201);
    await().atMost(SOON).until(() -> overview().path("issuing").path("on").asBoolean());
    victim.mustRun();
  }

  @Test
  void largeBodiesInNumberAreRefusedInASmallHeap() throws Exception {
    byte[] large = new byte[120 << 10];
    AtomicInteger others = new AtomicInteger();
    List<Thread> crowd =
        IntStream.range(0, 300)
            .mapToObj(i -> Thread.startVirtualThread(() -> post(large, others)))
            .toList();
    for (Thread one : crowd) {
      one.join();
    }
    assertThat(others.get()).as("answers that were neither 413 nor 503").isZero();
    assertThat(issue().statusCode()).isEqualTo(201);
    victim.mustRun();
  }

  private static void post(byte[] body, AtomicInteger others) {
    try {
      HttpResponse<String> answer = client.send(asked(body), BodyHandlers.ofString());
      if (answer.statusCode() != 413 && answer.statusCode() != 503) {
        others.incrementAndGet();
      }
    } catch (IOException cut) {
      // Refused by closing before the whole body came: as good as 413.
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpResponse<String> issue() throws IOException, InterruptedException {
    String name = "machine-" + COUNT.incrementAndGet() + ".internal.test";
    return client.send(asked(Csrs.ec("").dns(name).build().der()), BodyHandlers.ofString());
  }

  private static HttpRequest asked(byte[] body) {
    return HttpRequest.newBuilder(URI.create(victim.https() + "/v1/certificates?profile=tls-peer"))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/pkcs10")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static int status() throws IOException, InterruptedException {
    return PLAIN
        .send(request(victim.http() + "/crl/issuing.crl"), BodyHandlers.discarding())
        .statusCode();
  }

  private static int newStatus() {
    try (HttpClient fresh = HttpClient.newHttpClient()) {
      return fresh
          .send(request(victim.http() + "/crl/issuing.crl"), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static JsonNode overview() throws IOException, InterruptedException {
    return JSON.readTree(
        PLAIN
            .send(request(victim.management() + "/q/overview"), BodyHandlers.ofByteArray())
            .body());
  }

  private static JsonNode part(String name) throws IOException, InterruptedException {
    for (JsonNode part : overview().path("parts")) {
      if (part.path("name").asText().equals(name)) {
        return part;
      }
    }
    throw new AssertionError("no part " + name);
  }

  private static List<JsonNode> alerts(String kind) throws IOException, InterruptedException {
    return overview().path("alerts").findParents("kind").stream()
        .filter(alert -> alert.path("kind").asText().equals(kind))
        .toList();
  }

  private static long crlNumber() throws IOException, InterruptedException {
    return overview().path("crls").findValuesAsText("number").stream()
        .mapToLong(Long::parseLong)
        .max()
        .orElseThrow();
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder()
        .sslContext(Door.tls(victim.data(), Optional.empty()))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }
}
