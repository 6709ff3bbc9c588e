package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Role;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Two revoke at once: one comes after the other, and sees what the first has done. */
@QuarkusTest
@WithTestResource(World.class)
class RacingRevocationsTest {
  private static final int ROUNDS = 30;

  @Inject Tenant tenants;
  @Inject Book book;

  @Test
  void keyCompromiseAlwaysStaysAndEachChangeHasItsOwnVersion() throws Exception {
    Tenant.Home home = tenants.fresh("dns:internal.test");
    Http operator = tenants.person(Role.OPERATOR).http();
    for (int round = 0; round < ROUNDS; round++) {
      Tenant.Holder holder =
          home.enrol("tls-server", Csrs.ec("").dns("r" + round + ".internal.test"));
      atOnce(operator, holder.path() + "/revocation");

      String reason = operator.get(holder.path()).json().get("reason").asText();
      assertThat(reason).isEqualTo("keyCompromise");
      List<String> versions =
          book.texts(
              "select convert_from(body, 'UTF8')::json -> 'facts' ->> 'version' from ledger_entry"
                  + " where subject = ? and kind = 'CERTIFICATE_REVOKED'",
              holder.serial());
      assertThat(versions).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  private static void atOnce(Http operator, String path) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String reason : List.of("superseded", "keyCompromise", "superseded", "keyCompromise")) {
        threads.submit(
            () -> {
              go.await();
              return operator.post(path, Map.of("reason", reason)).status();
            });
      }
      go.countDown();
    }
  }
}
