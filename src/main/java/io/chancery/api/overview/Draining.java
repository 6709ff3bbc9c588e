package io.chancery.api.overview;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Whoever is still served by one that stops is told to connect to another next. */
@Singleton
final class Draining {
  private static final int FIRST = 1_000;

  private volatile boolean on;

  void begins(@Observes ShutdownDelayInitiatedEvent stop) {
    on = true;
  }

  void open(@Observes Filters filters) {
    filters.register(this::pass, FIRST);
  }

  private void pass(RoutingContext exchange) {
    // RFC 9112 s9.6; HTTP/2 has no such field, and ends its connections by itself.
    if (on && exchange.request().version().alpnName().startsWith("http/1")) {
      exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    exchange.next();
  }
}
