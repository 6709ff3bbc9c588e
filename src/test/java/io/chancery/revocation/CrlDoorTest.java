package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyId;
import io.chancery.x509.Thumbprint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The door on a server of its own, asked as caches, browsers and download tools ask. */
class CrlDoorTest {
  private static final IssuerName ISSUER = new IssuerName("paper");
  private static final Instant START = Instant.parse("2030-01-02T03:04:05Z");
  private static final Instant END = START.plusSeconds(3600);
  private static final String PATH = "/crl/paper.crl";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final byte[] octets = octets(100_000, 1);
  private volatile Instant now = START.plusSeconds(60);
  private CrlFiles files;
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    files = CrlFiles.open(folder, Map.of(ISSUER, key('a')), () -> now);
    CrlDoor door = new CrlDoor(files, () -> now, Duration.ofSeconds(30));
    server =
        vertx
            .createHttpServer()
            .requestHandler(door::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    offer(CrlSlot.complete(ISSUER, CrlScope.WHOLE), 7, octets);
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theWholeFileWithWhatCachesNeed() throws Exception {
    HttpResponse<byte[]> answer = get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(octets);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/pkix-crl");
    assertThat(header(answer, "Content-Length")).isEqualTo("100000");
    assertThat(header(answer, "ETag")).isEqualTo("\"" + Thumbprint.of(octets).hex() + "\"");
    assertThat(header(answer, "Last-Modified")).isEqualTo("Wed, 02 Jan 2030 03:04:05 GMT");
    assertThat(header(answer, "Expires")).isEqualTo("Wed, 02 Jan 2030 04:04:05 GMT");
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=30");
    assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  void headTellsTheSameWithoutABody() throws Exception {
    HttpResponse<byte[]> answer =
        send(request(PATH).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo("100000");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void gzipIsMadeOnceAndHasItsOwnTag() throws Exception {
    HttpResponse<byte[]> answer = get("Accept-Encoding", "br, gzip;q=0.5");
    assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
    assertThat(answer.body().length).isLessThan(octets.length);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
        .isEqualTo(octets);
    String tag = header(answer, "ETag");
    assertThat(tag).isNotEqualTo(header(get(), "ETag"));
    assertThat(get("Accept-Encoding", "gzip", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get("If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true", "x-gzip|true", "deflate, gzip|true", "GZIP;q=1.0|true", "gzip ; q=0.001|true",
        "gzip;q=0|false", "gzip;q=0.000, br|false", "identity|false", "''|false", "xgzip|false",
        "gzipped|false", "br;q=1.0|false"
      })
  void acceptEncodingIsRead(String accepted, boolean compressed) throws Exception {
    assertThat(header(get("Accept-Encoding", accepted), "Content-Encoding"))
        .isEqualTo(compressed ? "gzip" : "");
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws Exception {
    String tag = header(get(), "ETag");
    for (String known : new String[] {tag, "W/" + tag, "\"x\", " + tag + " , \"y\"", "*"}) {
      HttpResponse<byte[]> answer = get("If-None-Match", known);
      assertThat(answer.statusCode()).as(known).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(header(answer, "ETag")).isEqualTo(tag);
    }
    assertThat(get("If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    String date = "Wed, 02 Jan 2030 03:04:05 GMT";
    assertThat(get("If-Modified-Since", date).statusCode()).isEqualTo(304);
    assertThat(get("If-Modified-Since", "Wed, 02 Jan 2030 03:04:04 GMT").statusCode())
        .isEqualTo(200);
    assertThat(get("If-Modified-Since", "yesterday").statusCode()).isEqualTo(200);
    // RFC 9110 s13.2.2: the tag goes first.
    assertThat(get("If-None-Match", "\"x\"", "If-Modified-Since", date).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 10",
    "bytes=99990-, 99990, 10",
    "bytes=-10, 99990, 10",
    "bytes=99990-200000, 99990, 10",
    "bytes=-200000, 0, 100000"
  })
  void aPartIsSentAlone(String range, int first, int length) throws Exception {
    HttpResponse<byte[]> answer = get("Range", range);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(octets, first, first + length));
    assertThat(header(answer, "Content-Range"))
        .isEqualTo("bytes " + first + "-" + (first + length - 1) + "/100000");
  }

  @Test
  void otherRangesAreTheWholeOrNothing() throws Exception {
    for (String ignored :
        new String[] {"bytes=0-1,5-6", "lines=1-2", "bytes=9-1", "bytes=-", "bytes=a-b", "bytes"}) {
      HttpResponse<byte[]> answer = get("Range", ignored);
      assertThat(answer.statusCode()).as(ignored).isEqualTo(200);
      assertThat(answer.body()).hasSize(octets.length);
    }
    for (String beyond : new String[] {"bytes=100000-", "bytes=200000-200001", "bytes=-0"}) {
      HttpResponse<byte[]> answer = get("Range", beyond);
      assertThat(answer.statusCode()).as(beyond).isEqualTo(416);
      assertThat(header(answer, "Content-Range")).isEqualTo("bytes */100000");
    }
  }

  @Test
  void aPartOfAnotherCrlIsNotMixedIn() throws Exception {
    String tag = header(get(), "ETag");
    assertThat(get("Range", "bytes=0-9", "If-Range", tag).statusCode()).isEqualTo(206);
    for (String other : new String[] {"\"x\"", "W/" + tag, "Wed, 02 Jan 2030 03:04:05 GMT"}) {
      assertThat(get("Range", "bytes=0-9", "If-Range", other).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void nothingIsServedPastItsNextUpdate() throws Exception {
    now = END.minusSeconds(10);
    assertThat(header(get(), "Cache-Control")).isEqualTo("public, max-age=10");
    now = END;
    HttpResponse<byte[]> answer = get();
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "Retry-After")).isEqualTo("2");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void everyAddressHasItsOwn() throws Exception {
    offer(CrlSlot.delta(ISSUER), 8, octets(100, 2));
    offer(CrlSlot.complete(ISSUER, CrlScope.shard(3)), 2, octets(200, 3));
    assertThat(send(request("/crl/paper/delta.crl").GET()).body()).hasSize(100);
    assertThat(send(request("/crl/paper/3.crl?x=y").GET()).body()).hasSize(200);
    assertThat(send(request(PATH).GET()).body()).hasSize(octets.length);
    for (String nothing :
        new String[] {"/crl/paper/4.crl", "/crl/other.crl", "/crl/", "/crl/paper", "/crl/a/b/c"}) {
      assertThat(send(request(nothing).GET()).statusCode()).as(nothing).isEqualTo(404);
    }
    assertThat(send(request("/crl/%0d%0a.crl").GET()).statusCode()).isEqualTo(400);
    HttpResponse<byte[]> post = send(request(PATH).POST(HttpRequest.BodyPublishers.ofString("x")));
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
  }

  /** Reads slowly while newer ones take the place: what was begun is the old one to its end. */
  @Test
  void aDownloadStaysWholeWhileTheCrlIsReplaced() throws Exception {
    byte[] large = octets(20_000_000, 4);
    offer(CrlSlot.complete(ISSUER, CrlScope.WHOLE), 8, large);
    HttpResponse<java.io.InputStream> slow =
        client().send(request(PATH).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    byte[] begin = slow.body().readNBytes(1000);
    for (int number = 9; number < 14; number++) {
      now = now.plus(Duration.ofMinutes(11));
      offer(CrlSlot.complete(ISSUER, CrlScope.WHOLE), number, octets(1000, number));
    }
    byte[] rest = slow.body().readAllBytes();
    assertThat(begin.length + rest.length).isEqualTo(large.length);
    assertThat(rest).isEqualTo(Arrays.copyOfRange(large, 1000, large.length));
  }

  private void offer(CrlSlot slot, long number, byte[] content) throws Exception {
    Path draft = files.draft();
    Files.write(draft, content);
    files.offer(crl(slot, number, content), draft);
  }

  static PublishedCrl crl(CrlSlot slot, long number, byte[] content) {
    return new PublishedCrl(
        slot,
        number,
        slot.isDelta() ? Optional.of(1L) : Optional.empty(),
        START,
        END,
        3,
        content.length,
        Thumbprint.of(content));
  }

  static KeyId key(char digit) {
    return KeyId.parse(String.valueOf(digit).repeat(40));
  }

  /** Half of it can be compressed. */
  static byte[] octets(int count, long seed) {
    byte[] octets = new byte[count];
    new Random(seed).nextBytes(octets);
    Arrays.fill(octets, 0, count / 2, (byte) seed);
    return octets;
  }

  private HttpResponse<byte[]> get(String... headers) throws Exception {
    HttpRequest.Builder request = request(PATH).GET();
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** One version of HTTP, so that no upgrade in mid-air is part of what is tested. */
  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }
}
