package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A data centre starts: everybody asks at once, and everybody is served, in turn. With {@code
 * -Dstorm=2000} it is the whole one, on a machine that issues 250 certificates a second: what takes
 * longer than eight seconds to serve is an overload, and refused.
 */
@QuarkusTest
@WithTestResource(World.class)
class StartUpStormTest {
  private static final int CROWD = Integer.getInteger("storm", 500);
  private static final Duration LONG = Duration.ofMinutes(2);

  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void everybodyIsServedAndOthersNeedNotWaitForTheCrowd() throws Exception {
    Tenant.Home crowd = tenants.fresh("dns:crowd.test");
    KeyPair key = Csrs.pair(io.chancery.x509.KeyAlgorithm.EC_P256);
    AtomicInteger served = new AtomicInteger();
    List<Callable<Http.Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      String csr = Csrs.of(key, "").dns("s" + i + ".crowd.test").build().pem();
      tasks.add(
          () -> {
            Http.Answer answer =
                crowd.http().post("/v1/certificates", Map.of("profile", "tls-client", "csr", csr));
            served.incrementAndGet();
            return answer;
          });
    }
    Tenant.Holder other =
        tenants.fresh("dns:other.test").enrol("tls-client", Csrs.ec("").dns("o.other.test"));
    Http others = other.http();
    assertThat(others.get(other.path()).status()).isEqualTo(200);

    long began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Http.Answer>> answers = new ArrayList<>();
      tasks.forEach(task -> answers.add(threads.submit(task)));
      await().atMost(LONG).until(() -> served.get() > CROWD / 10);

      Http.Answer renewed =
          others.post(other.path() + "/renewal", Map.of("csr", Csrs.ec("").build().pem()));
      assertThat(renewed.status()).as(renewed.text()).isEqualTo(201);
      assertThat(served.get()).as("served before the other one").isLessThan(CROWD);
      assertThat(others.get(other.path()).status()).as("a route without a queue").isEqualTo(200);

      for (Future<Http.Answer> one : answers) {
        assertThat(one.get().status()).as(one.get().text()).isEqualTo(201);
      }
    }
    System.getLogger("storm")
        .log(
            System.Logger.Level.INFO,
            "{0} served in {1} ms",
            CROWD,
            (System.nanoTime() - began) / 1_000_000);
    assertThat(
            book.number(
                "select count(distinct serial) from certificate where organization = ?",
                crowd.id().value()))
        .isEqualTo(CROWD);
    assertNobodyKeepsAPlace();
  }

  @Test
  void whoHangsUpGivesItsPlaceBack() throws Exception {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    for (int i = 0; i < 40; i++) {
      HangUp.whileAsking(home.token());
    }
    assertThat(home.enrol("tls-client", Csrs.ec("").dns("a.internal.test")).serial()).isNotBlank();
    assertNobodyKeepsAPlace();
  }

  private static void assertNobodyKeepsAPlace() {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(Http.management().get("/q/metrics").text())
                    .containsPattern("chancery_admission_working(\\{.*})? 0\\.0")
                    .containsPattern("chancery_admission_waiting(\\{.*})? 0\\.0"));
  }
}
