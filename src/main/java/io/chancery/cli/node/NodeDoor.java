package io.chancery.cli.node;

import io.chancery.ocsp.OcspDoor;
import io.chancery.revocation.CrlDoor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The node's public listener: OCSP, CRLs, issuers' certificates, the trust bundle. */
final class NodeDoor {
  private static final Duration CACHEABLE = Duration.ofSeconds(10);
  private static final Duration CACHEABLE_NEVER = Duration.ofSeconds(2);
  private static final Duration RECHECK = Duration.ofSeconds(30);
  private static final String ISSUERS = "/issuers/";

  private final Holdings holdings;
  private final OcspDoor ocsp;
  private final CrlDoor crls;

  NodeDoor(Holdings holdings, InstantSource clock) {
    this.holdings = holdings;
    this.ocsp =
        new OcspDoor(
            holdings.shelf(),
            holdings.desk(),
            CACHEABLE,
            CACHEABLE_NEVER,
            clock,
            Executors.newVirtualThreadPerTaskExecutor());
    this.crls = new CrlDoor(holdings.crls(), clock, RECHECK);
  }

  void handle(HttpServerRequest request) {
    String uri = request.uri();
    if (OcspDoor.isFor(uri)) {
      ocsp.handle(request);
      return;
    }
    request.response().putHeader("X-Content-Type-Options", "nosniff");
    if (uri.startsWith("/crl/")) {
      crls.handle(request);
    } else {
      paper(request, request.path());
    }
  }

  private void paper(HttpServerRequest request, String path) {
    if (!request.method().name().equals("GET") && !request.method().name().equals("HEAD")) {
      request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
      return;
    }
    octets(path)
        .ifPresentOrElse(
            octets ->
                request
                    .response()
                    .putHeader("Content-Type", type(path))
                    .putHeader("Cache-Control", "public, max-age=3600")
                    .end(octets),
            () -> request.response().setStatusCode(404).end());
  }

  private Optional<Buffer> octets(String path) {
    if (path.equals("/trust/bundle.pem")) {
      return Optional.of(Buffer.buffer(StaticFiles.bundle(holdings)));
    }
    return holdings.issuers().stream()
        .filter(one -> path.equals(ISSUERS + one.name() + ".cer"))
        .map(one -> Buffer.buffer(one.certificate().der().octets()))
        .findFirst();
  }

  private static String type(String path) {
    return path.startsWith(ISSUERS) ? "application/pkix-cert" : "application/x-pem-file";
  }

  /** What is served, for people. */
  String summary() {
    return holdings.issuers().stream()
        .map(one -> one.name().value())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
