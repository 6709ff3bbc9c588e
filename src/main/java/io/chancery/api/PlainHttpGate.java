package io.chancery.api;

import io.chancery.api.problem.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** The plain listener serves signed, public status and nothing else. */
class PlainHttpGate {
  private static final List<String> STATUS =
      List.of("/ocsp", "/crl/", "/filter/", "/issuers/", "/trust/", "/.well-known/acme-challenge/");
  private static final int FIRST = 10_000;

  void register(@Observes Filters filters) {
    filters.register(PlainHttpGate::pass, FIRST);
  }

  /** Both as it was sent and as the router reads it: {@code /crl/../v1} is no status path. */
  private static boolean isStatus(RoutingContext exchange) {
    String read = exchange.normalizedPath();
    return STATUS.stream().anyMatch(exchange.request().uri()::startsWith)
        && STATUS.stream().anyMatch(read::startsWith);
  }

  private static void pass(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    if (request.isSSL() || isStatus(exchange)) {
      exchange.response().putHeader("X-Content-Type-Options", "nosniff");
      exchange.next();
      return;
    }
    exchange
        .response()
        .setStatusCode(404)
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(
            "{\"type\":\"urn:chancery:problem:not-found\",\"status\":404,"
                + "\"title\":\"Only public status is served here\","
                + "\"detail\":\"this listener is not encrypted\","
                + "\"remedy\":\"use the https address\"}");
  }
}
