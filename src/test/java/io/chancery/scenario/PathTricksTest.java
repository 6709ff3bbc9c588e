package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Routes;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to a path or a method, whoever may not take a route does not get through it. The
 * paths go out as they are written here: nothing on the way makes them plain.
 */
@QuarkusTest
@WithTestResource(World.class)
class PathTricksTest {
  /** What the same path is written as; {@code %s} stands for it. */
  private static final List<String> TRICKS =
      List.of(
          "%s/",
          "%s//",
          "/%s",
          "%s;a=b",
          "%s%%3ba=b",
          "%s/.",
          "%s/%%2e",
          "/x/..%s",
          "/x/..;%s",
          "/x/%%2e%%2e%s",
          "/q/..;%s",
          "/trust/bundle.pem/..;/..%s",
          "/trust/bundle.pem/..;/..;%s",
          "/crl/..%s",
          "/ocsp/..;%s",
          "%s%%00",
          "%s%%20",
          "%s.json",
          "%s?x=/trust/bundle.pem",
          "%s#/trust/bundle.pem");

  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  @Inject Tenant tenants;

  @Test
  void noSpellingGetsPastTheGate() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Holder service = home.enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    Map<String, Http> callers =
        Map.of("anonymous", Http.anonymous(), "token", home.http(), "service", service.http());
    int tried = 0;
    for (Routes.Route route : Routes.all()) {
      if (route.open() || route.path().equals("/v1/status-changes")) {
        continue;
      }
      for (Map.Entry<String, Http> caller : callers.entrySet()) {
        boolean served =
            !caller.getKey().equals("anonymous")
                && route.serves(Set.of(io.chancery.Role.SERVICE), false);
        if (!served) {
          tried += tried(route, caller.getKey(), caller.getValue());
        }
      }
    }
    assertThat(tried).isGreaterThan(500);
  }

  private static int tried(Routes.Route route, String who, Http client) {
    String path =
        route
            .path()
            .replace("{organization}", "chancery")
            .replace("{issuer}", "issuing")
            .replaceAll("\\{[a-zA-Z]+}", "7777");
    String type = route.consumes().orElse("");
    byte[] body = type.isEmpty() ? new byte[0] : "{}".getBytes();
    int tried = 0;
    for (String trick : TRICKS) {
      refused(client.send(route.verb(), trick.formatted(path), type, body), who, route, trick);
      tried++;
    }
    // The upper half of an escape, and letters that are escaped without need.
    String escaped = path.replace("/v1", "/%76%31");
    refused(client.send(route.verb(), escaped, type, body), who, route, escaped);
    refused(
        client.send(route.verb(), path.toUpperCase(Locale.ROOT), type, body), who, route, "upper");
    // The method that is meant is the method that is sent.
    for (String header :
        List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method")) {
      refused(
          client.post(path, type.isEmpty() ? "text/plain" : type, body, header, route.verb()),
          who,
          route,
          header);
      tried++;
    }
    for (String header : List.of("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix")) {
      refused(
          client.post("/v1/no-such-route", "text/plain", body, header, path), who, route, header);
      tried++;
    }
    if (SAFE.contains(route.verb())) {
      refused(client.send("HEAD", path, "", new byte[0]), who, route, "HEAD");
      refused(client.get(path, "X-Forwarded-For", "127.0.0.1"), who, route, "X-Forwarded-For");
    }
    return tried;
  }

  private static void refused(Http.Answer answer, String who, Routes.Route route, String trick) {
    // Below /ocsp/ everything is a question, and what is none is told so in OCSP's own words.
    boolean answeredByOcsp = answer.type().equals("application/ocsp-response");
    if (!answeredByOcsp || !trick.startsWith("/ocsp/")) {
      assertThat(answer.status())
          .as(who + " " + route.line() + " with " + trick + ": " + answer.text())
          .isBetween(400, 499);
    }
  }
}
