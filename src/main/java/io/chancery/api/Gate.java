package io.chancery.api;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Role;
import io.chancery.Scope;
import io.chancery.access.Credential;
import io.chancery.access.Logins;
import io.chancery.api.limits.Threshold;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Stands before every resource: who calls, and does the route serve them? Asked anew on each
 * request, here or in its deed's transaction ({@link ConfirmsLogin}), so that a revoked certificate
 * is refused on an open connection too.
 */
@Provider
class Gate implements ContainerRequestFilter {
  @Inject Logins logins;
  @Inject Threshold threshold;
  @Inject Callers callers;
  @Inject Credentials credentials;
  @Inject Queue queue;
  @Context ResourceInfo resource;

  private final Timer checks;

  @Inject
  Gate(MeterRegistry meters) {
    checks =
        Timer.builder("chancery.access")
            .description("finding out who calls and whether the route serves them")
            .register(meters);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Method route = resource.getResourceMethod();
    begin(Scope.NOBODY);
    if (route.isAnnotationPresent(Public.class)) {
      return;
    }
    try {
      pass(request, route);
    } catch (PkiException refused) {
      threshold.turnedAway(refused.failure());
      throw refused;
    }
  }

  private void pass(ContainerRequestContext request, Method route) {
    threshold.enter(request, route);
    Allow allow = route.getAnnotation(Allow.class);
    if (allow == null) {
      throw new Failure.Forbidden("this route", "a role, and it names none").thrown();
    }
    Credential shown = credentials.shown();
    if (route.isAnnotationPresent(InTurn.class)) {
      queue.enter(shown);
    }
    // The queue's wait is not the checks' time.
    long start = System.nanoTime();
    try {
      admit(request, route, allow, shown);
    } finally {
      checks.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  private void admit(ContainerRequestContext request, Method route, Allow allow, Credential shown) {
    Caller caller =
        route.isAnnotationPresent(ConfirmsLogin.class)
            ? logins.claimed(shown, threshold.address())
            : logins.authenticate(shown, threshold.address());
    callers.set(caller);
    begin(Scope.of(caller));
    threshold.enter(caller);
    if (Collections.disjoint(caller.roles(), Arrays.asList(allow.value()))) {
      throw new Failure.Forbidden(request.getMethod() + " here", roles(allow)).thrown();
    }
    if (allow.forAll() && !caller.actsForAll()) {
      throw new Failure.Forbidden(
              request.getMethod() + " here", roles(allow) + " in every organization")
          .thrown();
    }
  }

  /** A request has a thread of its own, which ends with it; others would keep its scope. */
  private static void begin(Scope scope) {
    if (Thread.currentThread().isVirtual()) {
      Scope.begin(scope);
    }
  }

  private static String roles(Allow allow) {
    return Arrays.stream(allow.value())
        .map(Role::name)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" or ", "the role ", ""));
  }
}
