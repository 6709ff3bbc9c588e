package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.issuance.Issuers;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 5019 s6: what a cache between is told. */
@QuarkusTest
@WithTestResource(World.class)
class OcspCachingTest {
  @Inject Tenant tenants;
  @Inject Issuers issuers;

  private OcspQuestions questions;
  private BigInteger serial;

  @BeforeEach
  void issue() {
    questions = OcspQuestions.of(issuers);
    serial =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-client", Csrs.ec("").dns("c.internal.test"))
            .certificate()
            .serial()
            .value();
  }

  @Test
  void everyHeaderSaysTheSameTime() {
    Http.Answer answer = get(questions.about(serial));
    var single = OcspQuestions.basic(answer.body()).getResponses()[0];
    Instant date = time(answer, "Date");
    long age = age(answer);
    assertThat(age).isBetween(1L, 10L);
    assertThat(time(answer, "Expires")).isEqualTo(date.plusSeconds(age));
    assertThat(date.plusSeconds(age)).isBeforeOrEqualTo(single.getNextUpdate().toInstant());
    assertThat(time(answer, "Last-Modified")).isEqualTo(single.getThisUpdate().toInstant());
    assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{32}\"");
    assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(answer.body().length));
  }

  @Test
  void whoHasItAlreadyIsNotSentItAgain() {
    String path = path(questions.about(serial));
    // An answer may be signed anew at any moment: then none of this was about one answer.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Http.Answer first = Http.plain().get(path);
              List<Http.Answer> again = conditional(path, first);
              return again.stream().allMatch(a -> header(a, "ETag").equals(header(first, "ETag")))
                  && again.stream().allMatch(a -> a.status() == 304);
            });
    String modified = header(Http.plain().get(path), "Last-Modified");
    for (String[] condition :
        List.of(
            new String[] {"If-None-Match", "\"other\""},
            new String[] {"If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"},
            new String[] {"If-Modified-Since", "yesterday"},
            new String[] {"If-None-Match", "\"other\"", "If-Modified-Since", modified})) {
      assertThat(Http.plain().get(path, condition).status())
          .as(String.join(" ", condition))
          .isEqualTo(200);
    }
  }

  private static List<Http.Answer> conditional(String path, Http.Answer first) {
    String tag = header(first, "ETag");
    List<Http.Answer> answers = new ArrayList<>();
    for (String[] condition :
        List.of(
            new String[] {"If-None-Match", tag},
            new String[] {"If-None-Match", "\"other\", " + tag},
            new String[] {"If-None-Match", "*"},
            new String[] {"If-Modified-Since", header(first, "Last-Modified")},
            new String[] {
              "If-None-Match", tag, "If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"
            })) {
      Http.Answer answer = Http.plain().get(path, condition);
      if (answer.status() == 304) {
        assertThat(answer.body()).isEmpty();
        assertThat(age(answer)).isPositive();
      }
      answers.add(answer);
    }
    return answers;
  }

  @Test
  void whatWasNeverIssuedIsKeptForSecondsOnly() {
    Http.Answer answer = get(questions.about(serial.flipBit(9)));
    assertThat(OcspQuestions.verdicts(answer.body())).containsExactly("revoked");
    assertThat(age(answer)).isBetween(1L, 2L);
  }

  @Test
  void noncesErrorsAndPostsAreNotKept() {
    for (Http.Answer answer :
        List.of(
            get(questions.withNonce(new byte[] {1}, serial)),
            get(new byte[] {1}),
            get(new OcspQuestions(Http.root()).about(serial)),
            Http.plain().post("/ocsp", "application/ocsp-request", questions.about(serial)))) {
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
      assertThat(answer.raw().headers().firstValue("ETag")).isEmpty();
      assertThat(answer.raw().headers().firstValue("Expires")).isEmpty();
    }
  }

  @Test
  void aHeadSaysWhatAGetWould() {
    String path = path(questions.about(serial));
    Instant end = Instant.now().plusSeconds(60);
    Http.Answer get;
    Http.Answer head;
    boolean same;
    // Signed anew between the two, a HEAD speaks of another answer than the GET before it.
    do {
      get = Http.plain().get(path);
      head = Http.plain().send("HEAD", path, "", new byte[0]);
      same = header(get, "ETag").equals(header(Http.plain().get(path), "ETag"));
    } while (!same && Instant.now().isBefore(end));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : List.of("ETag", "Last-Modified", "Content-Type", "Content-Length")) {
      assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
    }
  }

  @Test
  void otherMethodsAreToldWhichThereAre() {
    for (String method : List.of("PUT", "DELETE", "OPTIONS", "PATCH")) {
      Http.Answer answer = Http.plain().send(method, "/ocsp", "", new byte[0]);
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD, POST");
    }
  }

  @Test
  void theEncodingIsTheOneThereIs() {
    Http.Answer answer =
        Http.plain().get(path(questions.about(serial)), "Accept-Encoding", "gzip, br");
    assertThat(answer.raw().headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(OcspQuestions.verdicts(answer.body())).containsExactly("good");
  }

  private static Http.Answer get(byte[] question) {
    return Http.plain().get(path(question));
  }

  private static String path(byte[] question) {
    return "/ocsp/"
        + java.net.URLEncoder.encode(
            Base64.getEncoder().encodeToString(question), StandardCharsets.US_ASCII);
  }

  private static String header(Http.Answer answer, String name) {
    return answer.raw().headers().firstValue(name).orElse("");
  }

  private static long age(Http.Answer answer) {
    String control = header(answer, "Cache-Control");
    assertThat(control).matches("max-age=\\d+, public, no-transform, must-revalidate");
    return Long.parseLong(control.replaceAll("\\D", ""));
  }

  private static Instant time(Http.Answer answer, String name) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header(answer, name)));
  }
}
