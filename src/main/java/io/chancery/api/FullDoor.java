package io.chancery.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Failure;
import io.chancery.access.Admission;
import io.chancery.api.problem.PkiProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * In an overload most requests are told to come again. They are told here, by the thread that reads
 * them: a thread of its own and a place in front of the processors would cost those who are served
 * more than it is worth. Notes besides when a request came, so that what it waits for a processor
 * counts, and whether it is the first of its connection: a service that starts asks once.
 */
@Singleton
class FullDoor {
  private static final int AFTER_THE_GATES = 9_000;
  private static final String ARRIVED = FullDoor.class.getName();
  private static final String CERTIFICATES = "/v1/certificates";

  private final Admission admission;
  private final ObjectMapper json;

  /** Connections on which a certificate was asked for, as long as they are there. */
  private final Set<HttpConnection> known =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  @Inject
  FullDoor(Admission admission, ObjectMapper json) {
    this.admission = admission;
    this.json = json;
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, AFTER_THE_GATES);
  }

  /** What was noted of a request when it came. */
  static Admission.Arrival arrival(RoutingContext exchange) {
    Admission.Arrival noted = exchange.get(ARRIVED);
    return noted == null ? new Admission.Arrival(System.nanoTime(), false) : noted;
  }

  private void pass(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    if (!isInTurn(request.method(), request.path())) {
      exchange.next();
      return;
    }
    boolean again = !known.add(request.connection());
    exchange.put(ARRIVED, new Admission.Arrival(System.nanoTime(), again));
    admission
        .turnsAway(() -> Credentials.of(request))
        .ifPresentOrElse(busy -> turnAway(exchange, busy), exchange::next);
  }

  /** The routes that are marked {@link InTurn}. */
  static boolean isInTurn(HttpMethod verb, String path) {
    return HttpMethod.POST.equals(verb)
        && path.startsWith(CERTIFICATES)
        && (path.length() == CERTIFICATES.length() || path.endsWith("/renewal"));
  }

  private void turnAway(RoutingContext exchange, Failure.Busy busy) {
    Response answer = PkiProblems.answer(busy);
    // What is left of the body is read and forgotten, and the connection stays.
    exchange.request().resume();
    exchange.response().setStatusCode(answer.getStatus());
    answer
        .getStringHeaders()
        .forEach((name, values) -> exchange.response().putHeader(name, values));
    exchange.response().end(text(answer.getEntity()));
  }

  private String text(Object problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a problem document is made of texts", impossible);
    }
  }
}
