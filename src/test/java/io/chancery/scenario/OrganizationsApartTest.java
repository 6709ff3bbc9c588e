package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Routes;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Calls made up over all routes, by everybody of one organization, about another one's things:
 * nothing of the other is in any answer, nothing of it changes, and nobody does more than the table
 * of roles says. {@code -Dchancery.test.calls=10000} for the long form.
 */
@QuarkusTest
@WithTestResource(World.class)
class OrganizationsApartTest {
  private static final int CALLS = Integer.getInteger("chancery.test.calls", 1500);
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

  @Inject Tenant tenants;
  @Inject Book book;

  /** Drawn anew for each run, and told with a failure so that it can be repeated. */
  private final long seed = Long.getLong("chancery.test.seed", System.nanoTime());

  private final Random random = new Random(seed);

  /** A caller of the curious organization, or of the whole authority. */
  private record Who(String name, Http client, Set<Role> roles, boolean everywhere) {}

  /** What the other organization has; all of its texts appear nowhere else. */
  private record Victim(String organization, List<String> ids, Set<String> secrets) {}

  /** One made-up call. */
  private record Call(Routes.Route route, String path, String body) {}

  @Test
  void nothingOfTheOtherIsSeenOrChanged() {
    Victim victim = victim();
    List<Who> callers = callers();
    List<Routes.Route> routes =
        Routes.all().stream().filter(one -> !one.path().equals("/v1/status-changes")).toList();
    Map<String, String> before = rows(victim);
    for (int i = 0; i < CALLS; i++) {
      Routes.Route route = routes.get(i % routes.size());
      Who who = callers.get(random.nextInt(callers.size()));
      drive(who, made(route, victim), victim, i);
    }
    assertThat(rows(victim)).as("seed " + seed).isEqualTo(before);
  }

  private void drive(Who who, Call call, Victim victim, int number) {
    String type = call.route().consumes().orElse(call.body().isEmpty() ? "" : "application/json");
    Http.Answer answer =
        who.client().send(call.route().verb(), call.path(), type, call.body().getBytes());
    String what =
        "seed %d, call %d, %s: %s %s %s -> %d"
            .formatted(
                seed,
                number,
                who.name(),
                call.route().verb(),
                call.path(),
                call.body(),
                answer.status());
    assertThat(answer.status()).as(what).isLessThan(500);
    if (!call.route().open()) {
      if (who.roles().isEmpty()) {
        assertThat(answer.status()).as(what).isEqualTo(401);
      } else if (!call.route().serves(who.roles(), who.everywhere())) {
        assertThat(answer.status()).as(what).isEqualTo(403);
      }
    }
    String said = answer.raw().headers().map() + answer.text();
    victim.secrets().stream()
        .filter(secret -> !call.path().contains(secret) && !call.body().contains(secret))
        .forEach(secret -> assertThat(said).as(what).doesNotContain(secret));
  }

  private Call made(Routes.Route route, Victim victim) {
    Matcher parameters = PARAMETER.matcher(route.path());
    String path =
        parameters.replaceAll(
            parameter ->
                switch (parameter.group(1)) {
                  case "organization" -> any(victim.organization(), "no-such-one");
                  case "issuer", "name" -> "issuing";
                  case "profile" -> any("tls-client", "tls-server");
                  case "level" -> "0";
                  case "rest" -> "000";
                  default -> any(victim.ids().toArray(String[]::new));
                });
    if (route.path().equals("/v1/organizations/{id}")) {
      path = "/v1/organizations/" + victim.organization();
    }
    if (route.verb().equals("GET") && random.nextInt(3) > 0) {
      path +=
          any(
              "?limit=500",
              "?organization=" + victim.organization(),
              "?status=good&limit=500",
              "?subject=CN",
              "?profile=tls-client&limit=500",
              "?after=" + any(victim.ids().toArray(String[]::new)));
    }
    return new Call(route, path, hasBody(route) ? body(victim) : "");
  }

  private static boolean hasBody(Routes.Route route) {
    return route.consumes().isPresent();
  }

  private String body(Victim victim) {
    String id = any(victim.ids().toArray(String[]::new));
    return any(
        "",
        "{}",
        "[]",
        "null",
        "{\"reason\":\"keyCompromise\"}",
        "{\"reason\":\"superseded\",\"organization\":\"" + victim.organization() + "\"}",
        "{\"organization\":\""
            + victim.organization()
            + "\",\"profile\":\"tls-client\",\"csr\":\""
            + Csrs.ec("").dns("a.internal.test").build().pem().replace("\n", "\\n")
            + "\"}",
        "{\"id\":\"" + victim.organization() + "\",\"names\":[\"dns:internal.test\"]}",
        "{\"displayName\":\"x\",\"roles\":[\"admin\"],\"everywhere\":true,\"identities\":"
            + "[{\"kind\":\"name\",\"value\":\"uri:urn:staff:x\"}]}",
        "{\"label\":\"x\",\"uses\":100}",
        "{\"perMinute\":0}",
        "{\"serials\":[\"" + id + "\"],\"reason\":\"keyCompromise\"}",
        "{\"serial\":\"" + id + "\",\"comment\":\"" + id + "\"}",
        "{\"" + id + "\":{\"a\":[1,2,{\"b\":null}]}}");
  }

  private String any(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private List<Who> callers() {
    Tenant.Home curious = tenants.fresh("uri:urn:staff", "dns:internal.test");
    List<Who> callers = new ArrayList<>();
    callers.add(new Who("anonymous", Http.anonymous(), Set.of(), false));
    callers.add(new Who("token", curious.http(), Set.of(Role.SERVICE), false));
    callers.add(
        new Who(
            "certificate",
            curious.enrol("tls-client", Csrs.ec("").dns("a.internal.test")).http(),
            Set.of(Role.SERVICE),
            false));
    for (Role role : Role.values()) {
      callers.add(
          new Who(
              role.name(), tenants.person(curious, false, role).http(), EnumSet.of(role), false));
    }
    callers.add(
        new Who(
            "everything but everywhere",
            tenants.person(curious, false, Role.values()).http(),
            EnumSet.allOf(Role.class),
            false));
    return callers;
  }

  /** Every text of it is drawn, so that a hit in an answer can be nothing else. */
  private Victim victim() {
    String domain = drawn() + ".test";
    Tenant.Home home =
        tenants.named(drawn(), drawn(), drawn() + "@" + domain, "dns:" + domain, "uri:urn:staff");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(home.enrol("tls-client", Csrs.ec("").dns(drawn() + "." + domain)).serial());
    }
    Tenant.Holder person = tenants.person(home, false, Role.OPERATOR, Role.ADMIN, Role.APPROVER);
    String label = home.id() + "-" + drawn();
    tenants.token(
        home, new Tenant.TokenTerms(label, List.of(), List.of(), 3, java.time.Duration.ofDays(1)));
    JsonNode people =
        person.http().get("/v1/organizations/" + home.id() + "/people").json().get("items");
    List<String> more =
        Stream.of(person.serial(), label, people.get(0).get("id").asText(), domain).toList();
    ids.addAll(more);
    // What waits for its people: a certificate, and a list of certificates.
    Http.Answer waits =
        home.http()
            .post(
                "/v1/certificates",
                Map.of(
                    "profile",
                    "approved-by-one",
                    "csr",
                    Csrs.ec("").dns(drawn() + "." + domain).build().pem()));
    assertThat(waits.status()).as(waits.text()).isEqualTo(202);
    ids.add(waits.json().get("proposal").asText());
    Http.Answer list =
        person
            .http()
            .post(
                "/v1/revocations",
                Map.of(
                    "selection",
                    Map.of("organization", home.id().value()),
                    "reason",
                    "superseded"));
    assertThat(list.status()).as(list.text()).isEqualTo(202);
    ids.add(list.json().get("bulk").get("id").asText());
    ids.add(list.json().get("proposal").get("id").asText());
    Set<String> secrets = new java.util.TreeSet<>(ids);
    secrets.add(home.id().value());
    JsonNode own = person.http().get("/v1/organizations/" + home.id()).json();
    secrets.add(own.get("displayName").asText());
    secrets.add(own.get("contact").asText());
    return new Victim(home.id().value(), ids, secrets);
  }

  private String drawn() {
    byte[] octets = new byte[10];
    random.nextBytes(octets);
    return "v" + HexFormat.of().formatHex(octets);
  }

  /** All that it has, by table. */
  private Map<String, String> rows(Victim victim) {
    Map<String, String> rows = new TreeMap<>();
    for (String table :
        book.texts(
            "select table_name from information_schema.columns where column_name = 'organization'"
                + " and table_schema = 'public' and table_name not in ('ledger', 'alert')")) {
      rows.put(
          table,
          book.texts(
                  "select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from "
                      + table
                      + " t where organization = ?",
                  victim.organization())
              .getFirst());
    }
    rows.put(
        "organization",
        book.texts("select t::text from organization t where id = ?", victim.organization())
            .getFirst());
    assertThat(rows.get("certificate")).isNotEmpty();
    return rows;
  }
}
