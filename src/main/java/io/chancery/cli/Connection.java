package io.chancery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The way to a running instance: https that trusts the given roots only, JSON in and out, and every
 * answer that is none turned into a failure with the words of the other side.
 */
final class Connection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final HttpClient http;
  private final Optional<String> token;

  private Connection(URI base, HttpClient http, Optional<String> token) {
    this.base = base;
    this.http = http;
    this.token = token;
  }

  /** Anonymous: what everyone may ask. */
  static Connection anonymous(URI base) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    return new Connection(base, http, Optional.empty());
  }

  static Connection withToken(Instance instance, String token) {
    return new Connection(
        instance.url(), client(instance, Optional.empty()), Optional.of(token.strip()));
  }

  static Connection withCertificate(Instance instance, Identity identity) {
    return new Connection(
        instance.url(), client(instance, Optional.of(identity)), Optional.empty());
  }

  JsonNode get(String path) {
    return answer(request(path).GET());
  }

  JsonNode post(String path, Map<String, ?> body) {
    return post(path, body, Duration.ZERO);
  }

  /** The same, answered after so long at most if what is waited for has not come (RFC 7240). */
  JsonNode post(String path, Map<String, ?> body, Duration wait) {
    try {
      HttpRequest.Builder request = request(path).timeout(ANSWER.plus(wait));
      if (wait.isPositive()) {
        request.header("Prefer", "wait=" + wait.toSeconds());
      }
      return answer(
          request
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("maps of texts are always JSON", impossible);
    }
  }

  JsonNode delete(String path) {
    return answer(request(path).DELETE());
  }

  /** Octets as they are. */
  JsonNode post(String path, String type, byte[] body) {
    return answer(
        request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  /** The body whatever the status: a health page says DOWN with 503. */
  JsonNode look(String path) {
    return json(send(request(path).GET().build()));
  }

  @Override
  public void close() {
    http.close();
  }

  private static HttpClient client(Instance instance, Optional<Identity> identity) {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT)
        .sslContext(Tls.context(PemFiles.certificates(instance.trust()), identity))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER)
            .header("Accept", "application/json");
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private JsonNode answer(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request.build());
    if (response.statusCode() / 100 != 2) {
      throw Problem.of(response, base, JSON).thrown();
    }
    return json(response);
  }

  private JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body().isBlank() ? "{}" : response.body());
    } catch (JsonProcessingException foreign) {
      throw new Failure.Misconfigured(
              base.toString(),
              "answers " + response.statusCode() + " with something that is not JSON",
              "give the https address of a Chancery with --url")
          .because(foreign);
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (ConnectException nobody) {
      throw unreachable(
          "nothing answers there", "start it with chancery up, or give --url", nobody);
    } catch (SSLException handshake) {
      throw unreachable(
          "no TLS connection: " + handshake.getMessage(),
          "look at --trust and --url: the root must be this instance's, the host one of its names",
          handshake);
    } catch (IOException broken) {
      throw unreachable("the connection failed: " + broken, "try again", broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted", "try again", stopped);
    }
  }

  private PkiException unreachable(String reason, String remedy, Exception cause) {
    return new Failure.Misconfigured(base.toString(), reason, remedy).because(cause);
  }
}
