package io.chancery.ocsp;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/**
 * Puts the {@link OcspDoor} before everything else that looks at a request. The router's decoded
 * paths would break the base64 of a GET, and each handler before it costs as much as an answer.
 */
@Singleton
final class OcspRoute {
  private static final int BEFORE_THE_GATES = 100_000;

  private final OcspDoor door;

  @Inject
  OcspRoute(Responder responder, AnswerShelf shelf, OcspConfig config, InstantSource clock) {
    this.door =
        new OcspDoor(
            shelf,
            responder,
            config.cacheable(),
            config.cacheableNever(),
            clock,
            Executors.newVirtualThreadPerTaskExecutor());
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, BEFORE_THE_GATES);
  }

  private void pass(RoutingContext exchange) {
    if (OcspDoor.isFor(exchange.request().uri())) {
      door.handle(exchange.request());
    } else {
      exchange.next();
    }
  }
}
