package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.testing.Csrs;
import io.chancery.testing.Golden;
import io.chancery.testing.Http;
import io.chancery.testing.Routes;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may call what: the table that people agreed to, and every kind of caller held to it. */
@QuarkusTest
@WithTestResource(World.class)
class RolesTableTest {
  @Inject Tenant tenants;

  @Test
  void everyRouteSaysWhomItServes() {
    assertThat(Routes.all().stream().filter(route -> !route.open() && route.allowed().isEmpty()))
        .as("routes without @Allow or @Public")
        .isEmpty();
  }

  @Test
  void theTableIsTheAgreedOne() {
    Golden.check(
        "routes.txt",
        Routes.all().stream().map(Routes.Route::line).collect(Collectors.joining("\n")));
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
    for (Routes.Route route : Routes.all()) {
      callers.forEach(who -> drive(route, who));
    }
  }

  /** A caller with what it should be able to do. */
  private record Who(String name, Http client, Set<Role> roles, boolean forAll) {}

  /** Only the gate's answer matters: behind it a made-up name gets 4xx, and nothing is changed. */
  private static void drive(Routes.Route route, Who who) {
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
    } else if (!route.serves(who.roles(), who.forAll())) {
      assertThat(status).as(what).isEqualTo(403);
    } else {
      assertThat(status).as(what).isNotIn(401, 403).isLessThan(500);
    }
  }

  /** An answer that goes on is not waited for. */
  private static int status(Routes.Route route, String path, Http client) {
    if (route.path().equals("/v1/status-changes")) {
      try (Http.Streamed stream = client.follow(path)) {
        return stream.status();
      }
    }
    return client.send(route.verb(), path, route.consumes().orElse(""), new byte[0]).status();
  }
}
