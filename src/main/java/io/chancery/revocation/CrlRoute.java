package io.chancery.revocation;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** CRLs over http: a raw route, so that a file goes from the disk to the socket. */
@Singleton
final class CrlRoute {
  private final CrlDoor door;

  @Inject
  CrlRoute(CrlDoor door) {
    this.door = door;
  }

  void register(@Observes Router router) {
    router.route("/crl/*").order(0).handler(exchange -> door.handle(exchange.request()));
  }
}
