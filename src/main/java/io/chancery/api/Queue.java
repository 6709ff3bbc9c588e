package io.chancery.api;

import io.chancery.access.Admission;
import io.chancery.access.Credential;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** The place that this request holds among those at work. */
@RequestScoped
class Queue {
  @Inject Admission admission;
  @Inject RoutingContext exchange;

  private Optional<Admission.Place> place = Optional.empty();

  /** Waits for a place. It is held for as long as work is done for this request, and no longer. */
  void enter(Credential shown) {
    Admission.Place mine = admission.enter(shown, FullDoor.arrival(exchange));
    place = Optional.of(mine);
    Thread worker = Thread.currentThread();
    // Whatever happens: a connection that closes early leaves work that must end first.
    exchange.addEndHandler(ended -> giveBackAfter(worker, mine));
    if (exchange.response().closed()) {
      giveBackAfter(worker, mine);
    }
  }

  /** The work is done; only the answer is still to be written. */
  void leave() {
    place.ifPresent(Admission.Place::close);
  }

  private static void giveBackAfter(Thread worker, Admission.Place place) {
    Thread.startVirtualThread(
        () -> {
          try {
            worker.join();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          } finally {
            place.close();
          }
        });
  }
}
