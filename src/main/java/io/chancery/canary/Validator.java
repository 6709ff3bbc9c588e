package io.chancery.canary;

import io.chancery.issuance.Issuer;
import io.chancery.ocsp.OcspQuestion;
import io.chancery.x509.SerialNumber;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Asks over plain http what a validator asks. */
@Singleton
final class Validator {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1).build();

  @PreDestroy
  void close() {
    http.shutdownNow();
  }

  /** POST, so that no cache answers (RFC 5019 s6). */
  boolean ocspSaysRevoked(URI base, Issuer issuer, SerialNumber serial) throws IOException {
    HttpResponse<byte[]> answer =
        send(
            request(base, "/ocsp")
                .header("Content-Type", "application/ocsp-request")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        OcspQuestion.about(issuer.certificate(), serial)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("OCSP answered " + answer.statusCode());
    }
    return OcspQuestion.saysRevoked(answer.body(), serial);
  }

  /** A delta, or the complete one; a CRL of a million entries is read through, not kept. */
  boolean crlHolds(URI base, Issuer issuer, SerialNumber serial) throws IOException {
    SerialSearch search = new SerialSearch(serial);
    boolean any = false;
    for (String path : paths(issuer)) {
      HttpResponse<InputStream> answer =
          send(request(base, path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() == 200) {
          any = true;
          if (search.isIn(body)) {
            return true;
          }
        }
      }
    }
    if (!any) {
      throw new IOException("no CRL is served");
    }
    return false;
  }

  private static List<String> paths(Issuer issuer) {
    return List.of("/crl/" + issuer.name() + "/delta.crl", "/crl/" + issuer.name() + ".crl");
  }

  private static HttpRequest.Builder request(URI base, String path) {
    return HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path))
        .timeout(PATIENCE);
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return http.send(request, body);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }
}
