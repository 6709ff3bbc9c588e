package io.chancery.cli.node;

import io.chancery.revocation.CrlFile;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The node's listener for monitoring: {@code /q/health/live}, {@code /q/health/ready} and {@code
 * /q/metrics}, as the service has them. Ready is a node that has a complete CRL in force of every
 * issuer; that nothing new comes makes it no less ready, and shows.
 */
final class NodeHealth {
  private final Holdings holdings;
  private final Follower follower;
  private final InstantSource clock;

  NodeHealth(Holdings holdings, Follower follower, InstantSource clock) {
    this.holdings = holdings;
    this.follower = follower;
    this.clock = clock;
  }

  void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/q/health/live", "/q/health/started" -> json(request, 200, status("UP", List.of()));
      case "/q/health", "/q/health/ready" -> {
        List<String> missing = missing();
        json(
            request,
            missing.isEmpty() ? 200 : 503,
            status(missing.isEmpty() ? "UP" : "DOWN", missing));
      }
      case "/q/metrics" ->
          request
              .response()
              .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
              .end(metrics());
      default -> request.response().setStatusCode(404).end();
    }
  }

  private JsonObject status(String status, List<String> missing) {
    JsonObject held =
        new JsonObject()
            .put("answers", holdings.shelf().size())
            .put("crls", holdings.crls().all().count())
            .put("knownUntil", known());
    if (!follower.trouble().isEmpty()) {
      held.put("source", follower.trouble());
    }
    missing.forEach(what -> held.put(what, "has no CRL in force"));
    return new JsonObject()
        .put("status", status)
        .put(
            "checks",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("name", "held status")
                        .put("status", status)
                        .put("data", held)));
  }

  private String known() {
    Instant until = follower.knownUntil();
    return until.equals(Instant.EPOCH) ? "not since this start" : until.toString();
  }

  private List<String> missing() {
    Instant now = clock.instant();
    List<String> served =
        holdings
            .crls()
            .all()
            .filter(file -> !file.crl().slot().isDelta() && now.isBefore(file.crl().nextUpdate()))
            .map(file -> file.crl().slot().issuer().value())
            .toList();
    if (holdings.issuers().isEmpty()) {
      return List.of("every issuer");
    }
    return holdings.issuers().stream()
        .map(one -> one.name().value())
        .filter(name -> !served.contains(name))
        .sorted()
        .toList();
  }

  private String metrics() {
    StringBuilder text = new StringBuilder();
    gauge(text, "chancery_node_answers", "OCSP answers held", holdings.shelf().size());
    gauge(
        text,
        "chancery_node_answers_bytes",
        "memory that the answers take, about",
        holdings.shelf().memory());
    gauge(
        text,
        "chancery_node_source_age_seconds",
        "age of the newest look at the source",
        Duration.between(follower.knownUntil(), clock.instant()).toSeconds());
    text.append("# HELP chancery_node_crl_seconds_left until a held CRL's nextUpdate\n")
        .append("# TYPE chancery_node_crl_seconds_left gauge\n");
    holdings.crls().all().forEach(file -> text.append(left(file)));
    return text.toString();
  }

  private String left(CrlFile file) {
    return "chancery_node_crl_seconds_left{path=\"%s\"} %d%n"
        .formatted(
            file.crl().slot().path(),
            Duration.between(clock.instant(), file.crl().nextUpdate()).toSeconds());
  }

  private static void gauge(StringBuilder to, String name, String help, long value) {
    to.append("# HELP %s %s%n# TYPE %s gauge%n%s %d%n".formatted(name, help, name, name, value));
  }

  private static void json(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=UTF-8")
        .end(body.encodePrettily());
  }
}
