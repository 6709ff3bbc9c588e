package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.api.Allow;
import io.chancery.api.Public;
import io.chancery.testing.Csrs;
import io.chancery.testing.Golden;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may call what: the table that people agreed to, and every kind of caller held to it. */
@QuarkusTest
@WithTestResource(World.class)
class RolesTableTest {
  @Inject Tenant tenants;

  /** A route; nobody allowed and not open means that somebody forgot. */
  private record Route(
      String verb,
      String path,
      Optional<String> consumes,
      Set<Role> allowed,
      boolean forAll,
      boolean open) {
    boolean serves(Who who) {
      return who.roles().stream().anyMatch(allowed::contains) && (who.forAll() || !forAll);
    }

    String line() {
      String who =
          open
              ? "everybody"
              : allowed.stream()
                  .map(role -> role.name().toLowerCase(Locale.ROOT) + (forAll ? "*" : ""))
                  .collect(Collectors.joining(" "));
      return String.format(
          Locale.ROOT, "%-6s %-52s %-20s %s", verb, path, consumes.orElse("-"), who);
    }
  }

  @Test
  void everyRouteSaysWhomItServes() {
    assertThat(routes().stream().filter(route -> !route.open() && route.allowed().isEmpty()))
        .as("routes without @Allow or @Public")
        .isEmpty();
  }

  @Test
  void theTableIsTheAgreedOne() {
    Golden.check(
        "routes.txt", routes().stream().map(Route::line).collect(Collectors.joining("\n")));
  }

  @Test
  void everyCallerIsHeldToTheTable() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    List<Who> callers = new ArrayList<>();
    callers.add(new Who("anonymous", Http.anonymous(), Set.of(), false));
    callers.add(new Who("token", home.http(), Set.of(Role.SERVICE), false));
    callers.add(
        new Who(
            "service certificate",
            home.enrol("tls-client", Csrs.ec("").dns("a.internal.test")).http(),
            Set.of(Role.SERVICE),
            false));
    Tenant.Home partner = tenants.fresh("uri:urn:staff");
    for (Role role : Role.values()) {
      String who = role.name().toLowerCase(Locale.ROOT);
      callers.add(new Who(who, tenants.person(role).http(), EnumSet.of(role), true));
      callers.add(
          new Who(
              who + " of one organization",
              tenants.person(partner, false, role).http(),
              EnumSet.of(role),
              false));
    }
    for (Route route : routes()) {
      callers.forEach(who -> drive(route, who));
    }
  }

  /** A caller with what it should be able to do. */
  private record Who(String name, Http client, Set<Role> roles, boolean forAll) {}

  /** Only the gate's answer matters: behind it a made-up name gets 4xx, and nothing is changed. */
  private static void drive(Route route, Who who) {
    String path =
        route
            .path()
            .replace("{serial}", "7777")
            .replace("{issuer}", "issuing")
            .replaceAll("\\{[a-z]+}", "no-such-one");
    int status = status(route, path, who.client());
    String what = who.name() + ": " + route.line();
    if (route.open()) {
      assertThat(status).as(what).isNotIn(401, 403).isLessThan(500);
    } else if (who.roles().isEmpty()) {
      assertThat(status).as(what).isEqualTo(401);
    } else if (!route.serves(who)) {
      assertThat(status).as(what).isEqualTo(403);
    } else {
      assertThat(status).as(what).isNotIn(401, 403).isLessThan(500);
    }
  }

  /** An answer that goes on is not waited for. */
  private static int status(Route route, String path, Http client) {
    if (route.path().equals("/v1/status-changes")) {
      try (Http.Streamed stream = client.follow(path)) {
        return stream.status();
      }
    }
    return client.send(route.verb(), path, route.consumes().orElse(""), new byte[0]).status();
  }

  private static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (var bean : Arc.container().beanManager().getBeans(Object.class)) {
      Class<?> type = bean.getBeanClass();
      if (type.getName().startsWith("io.chancery.") && type.isAnnotationPresent(Path.class)) {
        for (Method method : type.getDeclaredMethods()) {
          verb(method).ifPresent(verb -> routes.add(route(type, method, verb)));
        }
      }
    }
    assertThat(routes).hasSizeGreaterThan(20);
    return routes.stream()
        .distinct()
        .sorted(Comparator.comparing(Route::path).thenComparing(Route::line))
        .toList();
  }

  private static Route route(Class<?> type, Method method, String verb) {
    String base = type.getAnnotation(Path.class).value();
    Path below = method.getAnnotation(Path.class);
    Allow allow = method.getAnnotation(Allow.class);
    Consumes consumes = method.getAnnotation(Consumes.class);
    return new Route(
        verb,
        (base + (below == null ? "" : "/" + below.value()))
            .replaceAll("/+", "/")
            .replaceAll("\\{([a-z]+): [^}]+}", "{$1}"),
        Optional.ofNullable(consumes).map(one -> one.value()[0]),
        allow == null ? Set.of() : EnumSet.copyOf(Arrays.asList(allow.value())),
        allow != null && allow.forAll(),
        method.isAnnotationPresent(Public.class));
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .flatMap(one -> Optional.ofNullable(one.getAnnotation(HttpMethod.class)).stream())
        .map(HttpMethod::value)
        .findFirst();
  }
}
