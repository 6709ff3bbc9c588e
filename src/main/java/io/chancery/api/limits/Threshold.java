package io.chancery.api.limits;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.access.Rates;
import io.chancery.access.TurnedAway;
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
  public void enter(Caller caller) {
    rates.takeOfCaller(caller).ifPresent(headers::mustHold);
    rates.takeOfOrganization(caller).ifPresent(headers::mustHold);
  }

  /** Puts on the roll what was turned away here. */
  public void turnedAway(Optional<Caller> caller, Failure failure) {
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
    if (told && request.getLength() > limit || told && request.getLength() < 0) {
      // What is not read must not be taken for the next request.
      exchange.response().putHeader("Connection", "close");
      throw BoundedBody.tooLarge(limit);
    }
    if (!told && exchange.request().getHeader("Transfer-Encoding") != null) {
      request.setEntityStream(new BoundedBody(request.getEntityStream(), limit));
    }
  }
}
