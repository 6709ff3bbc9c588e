package io.chancery.api.limits;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.access.TurnedAway;
import io.chancery.access.rate.Rates;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;

/** What this request has to pass before and after its caller is known. */
@RequestScoped
public class Threshold {
  private static final int LONGEST = 16 * 1024;

  @Inject Rates rates;
  @Inject RateHeaders headers;
  @Inject TurnedAway turnedAway;
  @Inject RoutingContext exchange;

  private Optional<Caller> caller = Optional.empty();

  /** Where it comes from. */
  public String address() {
    return PeerAddress.of(exchange.request());
  }

  /** Before anything is looked at: {@code TooManyRequests}, {@code TooLarge}. */
  public void enter(ContainerRequestContext request, Method route) {
    rates.take(address()).ifPresent(headers::mustHold);
    LongestBody own = route.getAnnotation(LongestBody.class);
    bound(request, own == null ? LONGEST : own.value());
  }

  /** Once the caller is known: {@code TooManyRequests}. */
  public void enter(Caller known) {
    caller = Optional.of(known);
    rates.takeOfCaller(known).ifPresent(headers::mustHold);
    rates.takeOfOrganization(known).ifPresent(headers::mustHold);
  }

  /** Puts on the roll what was turned away here. */
  public void turnedAway(Failure failure) {
    String rule =
        switch (failure) {
          case Failure.TooManyRequests many -> "rate";
          case Failure.TooLarge large -> "size";
          case Failure.Forbidden forbidden -> "role";
          default -> "";
        };
    if (!rule.isEmpty()) {
      turnedAway.record(
          rule,
          caller.map(Caller::name).orElse("address:" + address()),
          caller.map(Caller::organization).orElse(OrganizationId.AUTHORITY),
          Map.of(
              "reason", failure.detail(),
              "address", address(),
              "method", exchange.request().method().name()));
    }
  }

  private void bound(ContainerRequestContext request, int limit) {
    // RFC 9112 s6: a body is there where one of the two says so; its length is known or it is not.
    boolean told = exchange.request().getHeader("Content-Length") != null;
    if (told && (request.getLength() > limit || request.getLength() < 0)) {
      endAfterAnswer();
      throw BoundedBody.tooLarge(limit);
    }
    if (!told && isOfUnknownLength(exchange.request())) {
      request.setEntityStream(
          new BoundedBody(
              request.getEntityStream(),
              limit,
              refused -> {
                endAfterAnswer();
                turnedAway(refused.failure());
              }));
    }
  }

  /** What is not read must not be taken for the next request. */
  private void endAfterAnswer() {
    if (exchange.request().version() != HttpVersion.HTTP_2) {
      exchange.response().putHeader("Connection", "close");
    }
  }

  /** RFC 9113 s8.1: in HTTP/2 a body that does not say its length simply ends. */
  static boolean isOfUnknownLength(HttpServerRequest request) {
    return request.getHeader("Transfer-Encoding") != null
        || (request.version() == HttpVersion.HTTP_2 && !request.isEnded());
  }
}
