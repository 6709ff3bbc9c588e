package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.issuance.Issuers;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Nginx;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A caching proxy between: every answer belongs to its question. */
@QuarkusTest
@WithTestResource(World.class)
class OcspBehindNginxTest {
  private static final int CERTIFICATES = 6;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;
  @Inject Tenant tenants;
  @Inject Issuers issuers;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private OcspQuestions questions;
  private Nginx nginx;
  private Tenant.Home home;

  @BeforeEach
  void start() throws Exception {
    questions = OcspQuestions.of(issuers);
    home = tenants.fresh("dns:internal.test");
    nginx =
        Nginx.start(
            folder,
            "proxy_cache_path " + folder.toAbsolutePath() + "/cache keys_zone=ocsp:1m;",
            """
            location /ocsp {
              proxy_pass http://127.0.0.1:%d;
              proxy_cache ocsp;
              proxy_cache_key $request_method$request_uri;
              add_header X-Cache $upstream_cache_status;
            }
            """
                .formatted(Http.port("http.port")));
  }

  @AfterEach
  void stop() throws InterruptedException {
    nginx.close();
  }

  @Test
  void eachAnswerBelongsToItsQuestionHoweverItIsEscaped() throws Exception {
    List<BigInteger> serials = new ArrayList<>();
    for (int i = 0; i < CERTIFICATES; i++) {
      serials.add(
          home.enrol("tls-client", Csrs.ec("").dns("n" + i + ".internal.test"))
              .certificate()
              .serial()
              .value());
    }
    int hits = 0;
    for (int round = 0; round < 3; round++) {
      for (BigInteger serial : serials) {
        byte[] question = questions.about(serial);
        for (String path : escapings(question)) {
          HttpResponse<byte[]> answer = get(path);
          assertIsAbout(answer.body(), serial);
          hits += cache(answer).equals("HIT") ? 1 : 0;
        }
        HttpResponse<byte[]> posted = post(question);
        assertIsAbout(posted.body(), serial);
        assertThat(cache(posted)).isNotEqualTo("HIT");
      }
    }
    assertThat(hits).isGreaterThan(CERTIFICATES);
  }

  @Test
  void whatIsForOneClientIsNotKept() throws Exception {
    BigInteger serial =
        home.enrol("tls-client", Csrs.ec("").dns("o.internal.test")).certificate().serial().value();
    for (byte[] question :
        List.of(questions.withNonce(new byte[] {1, 2}, serial), new byte[] {0x30, 0})) {
      String path = escapings(question).getFirst();
      get(path);
      assertThat(cache(get(path))).isEqualTo("MISS");
    }
  }

  @Test
  void aNeverIssuedSerialIsKeptForSecondsAndThenAskedForAgain() throws Exception {
    BigInteger never = BigInteger.valueOf(System.nanoTime());
    String path = escapings(questions.about(never)).getFirst();
    assertThat(cache(get(path))).isEqualTo("MISS");
    assertThat(cache(get(path))).isEqualTo("HIT");
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(cache(get(path))).isNotEqualTo("HIT"));
  }

  private static List<String> escapings(byte[] question) {
    String base64 = Base64.getEncoder().encodeToString(question);
    String escaped = java.net.URLEncoder.encode(base64, StandardCharsets.US_ASCII);
    return List.of(
        escaped,
        escaped.replace("%2F", "/"),
        base64,
        base64.replace("=", ""),
        Base64.getUrlEncoder().encodeToString(question),
        java.net.URLEncoder.encode(escaped, StandardCharsets.US_ASCII));
  }

  private static void assertIsAbout(byte[] answer, BigInteger serial) {
    var single = OcspQuestions.basic(answer).getResponses()[0];
    assertThat(single.getCertID().getSerialNumber()).isEqualTo(serial);
    assertThat(single.getCertStatus()).isNull();
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(nginx.url() + "/ocsp/" + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(byte[] question) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(nginx.url() + "/ocsp"))
            .header("Content-Type", "application/ocsp-request")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String cache(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("X-Cache").orElse("none");
  }
}
