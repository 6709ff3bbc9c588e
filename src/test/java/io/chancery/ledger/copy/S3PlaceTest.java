package io.chancery.ledger.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.Refusals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy in a real S3 server that checks signatures. */
class S3PlaceTest {
  private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TWO = "two".getBytes(StandardCharsets.UTF_8);

  private static final AtomicInteger RUNS = new AtomicInteger();

  @TempDir private Path folder;
  private final List<S3Place> open = new ArrayList<>();
  private static S3Server server;
  private S3Place place;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    place = place(under("run-" + RUNS.incrementAndGet()));
  }

  @AfterEach
  void close() {
    open.forEach(S3Place::close);
  }

  /** Every test has a prefix of its own in the one bucket. */
  private S3Bucket under(String prefix) throws IOException {
    S3Bucket all = server.bucket(folder, S3Server.BUCKET);
    return new S3Bucket(
        all.endpoint(), all.region(), all.bucket(), prefix, all.addressing(), all.credentials());
  }

  @Test
  void whatIsWrittenIsRead() {
    byte[] large = new byte[5_000_000];
    large[4_999_999] = 1;
    place.write("tile/0/x001/234.p/17", ONE);
    place.write("tile/entries/x001/234", large);
    place.write("tile/entries/000", new byte[0]);
    place.replace("checkpoint", ONE);
    place.replace("checkpoint", TWO);
    assertThat(place.read("tile/0/x001/234.p/17")).hasValue(ONE);
    assertThat(place.read("tile/entries/x001/234")).hasValue(large);
    assertThat(place.read("tile/entries/000")).hasValue(new byte[0]);
    assertThat(place.read("checkpoint")).hasValue(TWO);
    assertThat(place.read("tile/0/x001/235")).isEmpty();
  }

  @Test
  void theSameOctetsOnceMoreAreNoHarmAndOthersAreRefused() {
    place.write("tile/0/000", ONE);
    place.write("tile/0/000", ONE);
    assertThat(Refusals.of(() -> place.write("tile/0/000", TWO)))
        .isInstanceOf(Failure.Conflict.class);
    assertThat(place.read("tile/0/000")).hasValue(ONE);
  }

  @Test
  void writersOfOtherOctetsAtTheSameTimeAreRefused() throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] octets = {(byte) i};
      writers.add(() -> keeps(octets));
    }
    int kept = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> one : threads.invokeAll(writers)) {
        kept += one.get() ? 1 : 0;
      }
    }
    assertThat(kept).isEqualTo(1);
  }

  private boolean keeps(byte[] octets) {
    try {
      place.write("tile/0/000", octets);
      return true;
    } catch (PkiException refused) {
      assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class);
      return false;
    }
  }

  @Test
  void aBucketThatIsNotThereIsNotAnEmptyCopy() throws IOException {
    S3Place elsewhere = place(server.bucket(folder, "no-such-bucket"));
    assertUnavailable(elsewhere, "NoSuchBucket");
  }

  @Test
  void aWrongSecretIsUnavailableAndSaysSo() throws IOException {
    S3Place stranger = place(server.bucket(folder, S3Server.BUCKET, "another"));
    assertUnavailable(stranger, "SignatureDoesNotMatch");
    // The operator mends the file; nothing is restarted.
    server.bucket(folder, S3Server.BUCKET);
    stranger.replace("tile/0/000", TWO);
    assertThat(stranger.read("tile/0/000")).hasValue(TWO);
  }

  @Test
  void aClockThatIsWrongIsUnavailableAndSaysSo() throws IOException {
    S3Place late =
        new S3Place(
            server.bucket(folder, S3Server.BUCKET),
            InstantSource.offset(InstantSource.system(), Duration.ofHours(2)));
    open.add(late);
    assertUnavailable(late, "RequestTimeTooSkewed");
  }

  @Test
  void aServerThatIsAwayIsUnavailable() throws IOException {
    S3Bucket there = server.bucket(folder, S3Server.BUCKET);
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    URI away = URI.create("http://127.0.0.1:" + free);
    assertUnavailable(
        place(
            new S3Bucket(
                away, there.region(), there.bucket(), "", there.addressing(), there.credentials())),
        "ConnectException");
  }

  @Test
  void aFileWithoutAKeyRefusesTheStart() throws IOException {
    S3Bucket bucket = server.bucket(folder, S3Server.BUCKET);
    for (String text : List.of("", "aws_access_key_id=x", "aws_secret_access_key=\n", "x=y")) {
      Files.writeString(bucket.credentials(), text);
      assertThat(Refusals.of(() -> place(bucket))).isInstanceOf(Failure.Misconfigured.class);
    }
    Files.delete(bucket.credentials());
    assertThat(Refusals.of(() -> place(bucket))).isInstanceOf(Failure.Misconfigured.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a b", "a?b", "a%2fb", "/a"})
  void aPathThatCouldLeadElsewhereIsRefused(String path) {
    Refusals.malformed(() -> place.read(path));
    Refusals.malformed(() -> place.write(path, ONE));
  }

  @Test
  void addressesAreOfTheOneStyleOrTheOther() throws IOException {
    S3Bucket path = server.bucket(folder, S3Server.BUCKET);
    assertThat(path.address("tile/0/000").getRawPath())
        .isEqualTo("/the-roll/prod/ledger/tile/0/000");
    S3Bucket host =
        new S3Bucket(
            URI.create("https://s3.eu-central-1.amazonaws.com"),
            "eu-central-1",
            "the-roll",
            "",
            S3Bucket.Addressing.VIRTUAL_HOST,
            folder.resolve("credentials"));
    assertThat(host.address("checkpoint"))
        .hasToString("https://the-roll.s3.eu-central-1.amazonaws.com/checkpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x", "http:", "http://x/y", "http://x?y"})
  void anEndpointThatIsNoHostIsRefused(String endpoint) {
    URI uri = URI.create(endpoint.equals("http:") ? "http:x" : endpoint);
    assertThat(
            Refusals.of(
                () ->
                    new S3Bucket(
                        uri, "r", "bucket", "", S3Bucket.Addressing.PATH, folder.resolve("c"))))
        .isInstanceOf(Failure.Misconfigured.class);
  }

  private S3Place place(S3Bucket bucket) {
    S3Place one = new S3Place(bucket, InstantSource.system());
    open.add(one);
    return one;
  }

  private static void assertUnavailable(Place place, String code) {
    for (Failure failure :
        List.of(
            Refusals.of(() -> place.read("checkpoint")),
            Refusals.of(() -> place.write("checkpoint", ONE)),
            Refusals.of(() -> place.replace("checkpoint", ONE)))) {
      assertThat(failure).isInstanceOf(Failure.Unavailable.class);
      assertThat(failure.detail()).contains(code);
      Refusals.assertIsPlain(failure.detail());
    }
  }
}
