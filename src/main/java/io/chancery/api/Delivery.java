package io.chancery.api;

import io.chancery.inventory.Deliveries;
import io.chancery.x509.SerialNumber;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/**
 * Whether the answer with a certificate went out. What the network loses after the last octet was
 * handed to it cannot be seen from here; a client that misses its answer asks again.
 */
@RequestScoped
class Delivery {
  @Inject RoutingContext exchange;
  @Inject Deliveries deliveries;

  void watch(SerialNumber serial) {
    Deliveries book = deliveries;
    HttpServerResponse response = exchange.response();
    exchange.addEndHandler(
        ended -> {
          if (ended.succeeded() && response.getStatusCode() < 300) {
            book.confirm(serial);
          } else {
            failed(book, serial);
          }
        });
    if (response.closed()) {
      failed(book, serial);
    }
  }

  /** Off the event loop: the database is asked. */
  private static void failed(Deliveries book, SerialNumber serial) {
    Thread.startVirtualThread(
        () -> book.failed(serial, "the connection was closed before the answer was out"));
  }
}
