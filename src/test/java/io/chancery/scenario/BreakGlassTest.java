package io.chancery.scenario;

import static io.chancery.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Consent;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One person alone, a reason, an alert to everyone, and no second time before a review. */
@QuarkusTest
@WithTestResource(World.class)
class BreakGlassTest {
  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void onceAndNotAgainUntilAnotherPersonHasLookedAtIt() {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Tenant.Home staff = tenants.fresh("uri:urn:staff");
    Tenant.Holder operator = tenants.person(staff, true, Role.OPERATOR, Role.APPROVER);
    Tenant.Holder approver = tenants.person(Role.APPROVER);
    String first = propose(home);
    String second = propose(home);

    assertProblem("an approver does no deeds", Consent.breakGlass(approver, first, "why"), 403);
    assertProblem("no reason", Consent.breakGlass(operator, first, " "), 400);
    Http.Answer done = Consent.breakGlass(operator, first, "payments are down");
    assertThat(done.json().get("state").asText()).as(done.text()).isEqualTo("CARRIED_OUT");
    String serial = done.json().get("subject").asText();
    assertThat(home.http().get("/v1/certificates/" + serial).status()).isEqualTo(200);
    assertThat(kinds(first)).containsExactly("PROPOSED", "GLASS_BROKEN", "CARRIED_OUT");

    assertProblem("a second time", Consent.breakGlass(operator, second, "again"), 409);
    Tenant.Holder other = tenants.person(Role.ADMIN);
    assertProblem("nor anybody else", Consent.breakGlass(other, second, "again"), 409);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                approver.http().get("/v1/alerts").text().contains("payments are down")
                    && home.http().get("/v1/alerts").text().contains("glass-broken"));
    assertThat(home.http().get("/v1/alerts").text())
        .as("who and why is not everybody's business")
        .doesNotContain("payments are down");

    assertProblem("whoever broke it", Consent.review(operator, first), 422);
    assertThat(Consent.review(approver, first).status()).isEqualTo(200);
    assertProblem("reviewed already", Consent.review(tenants.person(Role.APPROVER), first), 409);
    assertThat(Consent.breakGlass(operator, second, "again").status()).isEqualTo(200);
    assertThat(Consent.review(approver, second).status()).isEqualTo(200);
    assertThat(approver.http().get("/v1/break-glass").text()).contains(first, second);
  }

  @Test
  void ofTwoAtOnceOneBreaksIt() throws Exception {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    List<Tenant.Holder> people =
        Stream.generate(() -> tenants.person(Role.OPERATOR)).limit(4).toList();
    List<String> proposals = Stream.generate(() -> propose(home)).limit(people.size()).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(people.size())) {
      List<Future<Integer>> answers =
          Stream.iterate(0, i -> i + 1)
              .limit(people.size())
              .map(
                  i ->
                      threads.submit(
                          () -> Consent.breakGlass(people.get(i), proposals.get(i), "x").status()))
              .toList();
      int taken = 0;
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(200, 409);
        taken += answer.get() == 200 ? 1 : 0;
      }
      assertThat(taken).isEqualTo(1);
    }
    String broken =
        book.texts("select proposal from broken_glass where reviewed_at is null").getFirst();
    assertThat(Consent.review(tenants.person(Role.APPROVER), broken).status()).isEqualTo(200);
  }

  private static String propose(Tenant.Home home) {
    Http.Answer waits =
        home.http()
            .post(
                "/v1/certificates",
                Map.of(
                    "profile",
                    "approved-by-two",
                    "csr",
                    Csrs.ec("").dns("a.internal.test").build().pem()));
    assertThat(waits.status()).as(waits.text()).isEqualTo(202);
    return waits.json().get("proposal").asText();
  }

  private List<String> kinds(String subject) {
    return book.texts("select kind from ledger_entry where subject = ? order by id", subject);
  }
}
