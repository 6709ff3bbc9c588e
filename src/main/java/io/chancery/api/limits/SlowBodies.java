package io.chancery.api.limits;

import io.chancery.OrganizationId;
import io.chancery.access.TurnedAway;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Cuts whoever sends a body octet by octet: a connection that is never idle is never ended for it,
 * and holds a thread here meanwhile.
 */
@Singleton
class SlowBodies {
  private static final int BEFORE_ALL_ELSE = 11_000;

  private final Vertx vertx;
  private final Provider<BodyTimeConfig> config;
  private final TurnedAway turnedAway;

  @Inject
  SlowBodies(Vertx vertx, Provider<BodyTimeConfig> config, TurnedAway turnedAway) {
    this.vertx = vertx;
    this.config = config;
    this.turnedAway = turnedAway;
  }

  void register(@Observes Filters filters) {
    filters.register(this::watch, BEFORE_ALL_ELSE);
  }

  private void watch(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    if (request.getHeader("Content-Length") != null || Threshold.isOfUnknownLength(request)) {
      long timer = vertx.setTimer(config.get().bodyTime().toMillis(), late -> cut(exchange));
      request.end().onComplete(arrived -> vertx.cancelTimer(timer));
    }
    exchange.next();
  }

  private void cut(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    if (request.isEnded()) {
      return;
    }
    String address = PeerAddress.of(request);
    request.connection().close();
    Thread.startVirtualThread(
        () ->
            turnedAway.record(
                "slow",
                "address:" + address,
                OrganizationId.AUTHORITY,
                Map.of("reason", "the body took too long", "address", address)));
  }
}
