package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.inventory.Reservation;
import io.chancery.inventory.Transactions;
import io.chancery.inventory.sql.Sql;
import io.chancery.inventory.sql.Trip;
import io.chancery.testing.Book;
import io.chancery.testing.OwnRequests;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What issuing costs is counted, not timed: many intentions that meet are one transaction, however
 * fast or slow the machine is.
 */
@QuarkusTest
@WithTestResource(World.class)
class DeedsTravelTogetherTest {
  private static final int MANY = 24;
  private static final int TRIES = 5;

  @Inject Enrolment enrolment;
  @Inject Inventory inventory;
  @Inject Transactions transactions;
  @Inject Sql sql;
  @Inject Book book;

  private final OwnRequests own = new OwnRequests("together");

  @Test
  void intentionsThatMeetShareOneTransaction() throws Exception {
    List<Entry> issued = List.of();
    // On a very slow machine the first one gives up its lock before the last one has come.
    for (int i = 0; issued.size() < MANY && i < TRIES; i++) {
      issued = issuedWhileTheFirstWaits();
    }
    assertThat(issued).hasSize(MANY);
    String[] serials = issued.stream().map(one -> one.serial().hex()).toArray(String[]::new);
    assertThat(transactions("CERTIFICATE_RESERVED", serials))
        .as("transactions for %s intentions", MANY)
        .isEqualTo(2);
    assertThat(transactions("CERTIFICATE_ISSUED", serials)).isLessThanOrEqualTo(MANY);
    assertThat(issued.stream().map(Entry::serial).distinct()).hasSize(MANY);
  }

  /** As where another replica has recorded the same reservation a moment before. */
  @Test
  void whoeverComesLateRecordsNothingAndHarmsNobody() {
    Entry first = enrolment.issue(own.next());
    Inventory.Signed late =
        new Inventory.Signed(
            new Reservation(
                first.serial(),
                first.issuer(),
                first.profile(),
                first.organization(),
                "late",
                "",
                Optional.empty(),
                first.certificate().der(),
                first.issuedAt(),
                0),
            first.certificate());

    assertThatThrownBy(
            () ->
                transactions.run(
                    () -> {
                      Trip trip = sql.trip();
                      inventory.record(List.of(late), first.issuedAt(), trip);
                      trip.update(
                          "insert into undelivered (serial, since, why) values (?, now(), '')",
                          "7f01");
                      trip.go();
                    }))
        .isInstanceOf(Inventory.Overtaken.class);
    assertThat(inventory.recorded(first.certificate()).requester()).isNotEqualTo("late");
    assertThat(book.number("select count(*) from undelivered where serial = '7f01'")).isZero();
  }

  /** One that is about to write cannot go on until all the others have come. */
  private List<Entry> issuedWhileTheFirstWaits() throws Exception {
    List<Entry> issued = Collections.synchronizedList(new ArrayList<>());
    List<EnrolmentRequest> requests = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      requests.add(own.next());
    }
    List<Thread> threads = new ArrayList<>();
    try (Connection other = book.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table signing_halt in access exclusive mode");
      for (EnrolmentRequest request : requests) {
        threads.add(Thread.ofPlatform().start(() -> issue(request, issued)));
        if (threads.size() == 1) {
          await().atMost(Duration.ofSeconds(20)).until(() -> isAtTheBook(threads.getFirst()));
        }
      }
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(20))
          .until(() -> threads.stream().allMatch(DeedsTravelTogetherTest::isAtTheBook));
      other.rollback();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return List.copyOf(issued);
  }

  private void issue(EnrolmentRequest request, List<Entry> issued) {
    try {
      issued.add(enrolment.issue(request));
    } catch (PkiException away) {
      assertThat(away.failure()).isInstanceOf(Failure.Unavailable.class);
    }
  }

  /** It writes its intention, or waits for those who do; or it is over. */
  private static boolean isAtTheBook(Thread thread) {
    return !thread.isAlive()
        || Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().endsWith(".Bookings"));
  }

  private long transactions(String kind, String... serials) {
    return book.number(
        "select count(distinct xmin::text) from ledger_entry where kind = ? and subject = any (?)",
        kind,
        serials);
  }
}
