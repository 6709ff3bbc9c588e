package io.chancery.visibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What commits is told on this replica, whatever happens to notifications and connections. */
@QuarkusTest
@WithTestResource(World.class)
class StatusFeedTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TROUBLE = Duration.ofSeconds(5);
  private static final String FEEDS =
      "select pid from pg_stat_activity where datname = current_database()"
          + " and query like '%from (values (1)) always%' and pid <> pg_backend_pid()";

  @Inject Tenant tenants;
  @Inject Heard heard;
  @Inject StatusFeed feed;
  @Inject Book book;

  @AfterEach
  void notificationsComeAgain() throws SQLException {
    book.change("alter table status_change enable trigger status_has_changed");
  }

  @Test
  void aRevocationIsToldWithItsVersionAndReason() {
    String serial = revoked();
    await().atMost(SECOND).until(() -> !heard.of(serial).isEmpty());
    assertThat(heard.of(serial))
        .singleElement()
        .satisfies(change -> assertThat(change.version()).isEqualTo(1));
    Instant now = Instant.now();
    await().atMost(SECOND).until(() -> feed.knownUntil().isAfter(now));
  }

  @Test
  void aLostNotificationCostsNothingButAMoment() throws SQLException {
    book.change("alter table status_change disable trigger status_has_changed");
    String serial = revoked();
    await().atMost(SECOND).until(() -> !heard.of(serial).isEmpty());
  }

  @Test
  void aFeedWhoseConnectionDiesGoesOnWhereItWas() throws SQLException {
    String before = revoked();
    await().atMost(SECOND).until(() -> !heard.of(before).isEmpty());
    assertThat(book.texts(FEEDS)).as("the feed's connection").isNotEmpty();

    for (int round = 0; round < 3; round++) {
      book.texts("select pg_terminate_backend(pid) from (" + FEEDS + ") feeds");
      String serial = revoked();
      await().atMost(TROUBLE).until(() -> !heard.of(serial).isEmpty());
      assertThat(heard.of(serial)).hasSize(1);
      assertThat(heard.of(before)).as("what was told is not told again").hasSize(1);
    }
    // Woken again, and not only by looking: the new connection listens.
    book.texts("select 1");
    assertThat(book.number("select count(*) from (" + FEEDS + ") feeds")).isPositive();
  }

  private String revoked() {
    Tenant.Holder holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    int status = holder.home().http().post(holder.path() + "/revocation", Map.of()).status();
    assertThat(status).isEqualTo(200);
    return holder.serial();
  }
}
