package io.chancery.ledger.copy;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket of S3-compatible storage: GET, PUT and DELETE of whole objects, nothing else. An object
 * is there whole or not at all, and what was answered is durable, because the storage promises so.
 */
public final class S3Place implements Place, AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  // The largest object of a copy is a bundle of 256 entries of 65,537 octets.
  private static final int LONGEST = 32 * 1024 * 1024;
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z]{1,60})</Code>");
  private static final byte[] NOTHING = {};

  private final S3Bucket bucket;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /** Nothing is asked of the storage yet; the credentials' file must be there. */
  public S3Place(S3Bucket bucket, InstantSource clock) {
    this.bucket = bucket;
    this.clock = clock;
    S3Credentials.read(bucket.credentials());
  }

  @Override
  public Optional<byte[]> read(String path) {
    HttpResponse<byte[]> answer = send("GET", path, Map.of(), NOTHING);
    if (answer.statusCode() == 200) {
      return Optional.of(answer.body());
    }
    // A bucket that is not there must not look like a copy that is empty.
    if (answer.statusCode() == 404 && code(answer).equals("NoSuchKey")) {
      return Optional.empty();
    }
    throw unavailable(path, answer);
  }

  @Override
  public void write(String path, byte[] octets) {
    if (read(path).isEmpty()) {
      // RFC 9110 s13.1.2: of two replicas that write at once, one is answered 412 (or 409).
      HttpResponse<byte[]> answer = send("PUT", path, Map.of("if-none-match", "*"), octets);
      switch (answer.statusCode()) {
        case 200, 412, 409 -> {}
        // Storage that does not know conditions: the lease of the sequencer is what there is.
        case 501 -> replace(path, octets);
        default -> throw unavailable(path, answer);
      }
    }
    // Whoever was first, this writer or another: what is kept there now is what counts.
    if (!Arrays.equals(read(path).orElse(NOTHING), octets)) {
      throw PlacePath.differs(path).thrown();
    }
  }

  @Override
  public void replace(String path, byte[] octets) {
    HttpResponse<byte[]> answer = send("PUT", path, Map.of(), octets);
    if (answer.statusCode() != 200) {
      throw unavailable(path, answer);
    }
  }

  @Override
  public void forget(String path) {
    HttpResponse<byte[]> answer = send("DELETE", path, Map.of(), NOTHING);
    switch (answer.statusCode()) {
      case 200, 204, 404 -> {}
      default -> throw unavailable(path, answer);
    }
  }

  @Override
  public String words() {
    return bucket.words();
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  private HttpResponse<byte[]> send(
      String method, String path, Map<String, String> headers, byte[] body) {
    URI uri = bucket.address(PlacePath.checked(path));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER)
            .method(
                method,
                body.length == 0 && !method.equals("PUT")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(body));
    new S3Signature(S3Credentials.read(bucket.credentials()), bucket.region(), clock.instant())
        .headers(method, uri, headers, body)
        .forEach(request::header);
    try {
      return http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST));
    } catch (IOException cannot) {
      throw unavailable(path, "no answer: " + cannot.getClass().getSimpleName()).because(cannot);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw unavailable(path, "interrupted").because(stop);
    }
  }

  private PkiException unavailable(String path, HttpResponse<byte[]> answer) {
    return unavailable(path, answer.statusCode() + " " + code(answer)).thrown();
  }

  private Failure unavailable(String path, String reason) {
    return new Failure.Unavailable(
        "the ledger's copy", path + " in " + words() + ": " + reason, RETRY);
  }

  /** The error's code, as S3's XML answers say it: letters only, so it is fit for any text. */
  private static String code(HttpResponse<byte[]> answer) {
    Matcher code = CODE.matcher(new String(answer.body(), StandardCharsets.US_ASCII));
    return code.find() ? code.group(1) : "without a code";
  }
}
