package io.chancery.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** The plain listener serves signed, public status and nothing else. */
class PlainHttpGate {
  private static final List<String> STATUS =
      List.of("/ocsp", "/crl/", "/issuers/", "/trust/", "/.well-known/acme-challenge/");
  private static final int FIRST = 10_000;

  void register(@Observes Filters filters) {
    filters.register(PlainHttpGate::pass, FIRST);
  }

  private static void pass(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    // The undecoded path: what another decoding would make of it is decided behind https only.
    if (request.isSSL() || STATUS.stream().anyMatch(request.uri()::startsWith)) {
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
