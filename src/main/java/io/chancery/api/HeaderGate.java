package io.chancery.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.api.problem.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Refuses media types that are none, which the framework would take for a fault of its own. */
@Singleton
class HeaderGate {
  private static final int AFTER_THE_LISTENERS_GATE = 9_000;
  private static final List<String> HEADERS = List.of("Content-Type", "Accept");

  private final ObjectMapper json;

  @Inject
  HeaderGate(ObjectMapper json) {
    this.json = json;
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, AFTER_THE_LISTENERS_GATE);
  }

  private void pass(RoutingContext exchange) {
    for (String header : HEADERS) {
      for (String value : exchange.request().headers().getAll(header)) {
        if (!isReadable(value)) {
          refuse(exchange, header);
          return;
        }
      }
    }
    exchange.next();
  }

  private static boolean isReadable(String value) {
    try {
      for (String one : value.split(",", -1)) {
        if (!one.isBlank()) {
          MediaType.valueOf(one.strip());
        }
      }
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private void refuse(RoutingContext exchange, String header) {
    Problem problem =
        Problem.of(
                "malformed",
                400,
                "The input breaks its own format",
                "header " + header + " is no media type",
                "send one such as application/json")
            .withRule("RFC 9110 s8.3.1", header);
    try {
      exchange
          .response()
          .setStatusCode(problem.status())
          .putHeader("Content-Type", Problem.MEDIA_TYPE)
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a problem document holds only texts", impossible);
    }
  }
}
