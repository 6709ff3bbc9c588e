package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.SignedNow;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import io.chancery.testing.Book;
import io.chancery.testing.OwnRequests;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An intention and a record that meet: both are written at once, or the record goes on alone. */
@QuarkusTest
@WithTestResource(World.class)
class WhatIsSignedIsRecordedTest {
  private static final int TRIES = 10;

  @Inject Enrolment enrolment;
  @Inject SignedNow signing;
  @Inject Book book;

  private final OwnRequests own = new OwnRequests("signed");

  /** What comes of one that holds others up, and of the two behind it. */
  private record Met(
      Attempt<Entry> first, Attempt<Entry> intended, Attempt<Entry> recorded, String serial) {}

  private record Attempt<T>(Thread thread, CompletableFuture<T> outcome) {
    static <T> Attempt<T> at(Supplier<T> work) {
      CompletableFuture<T> outcome = new CompletableFuture<>();
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      outcome.complete(work.get());
                    } catch (RuntimeException failed) {
                      outcome.completeExceptionally(failed);
                    }
                  });
      return new Attempt<>(thread, outcome);
    }

    /** It leads a group, or waits for one; or it is over. */
    boolean isAtTheBook() {
      return outcome.isDone()
          || Arrays.stream(thread.getStackTrace())
              .anyMatch(
                  frame ->
                      frame.getClassName().endsWith(".Convoy")
                          && frame.getMethodName().equals("arrived"));
    }
  }

  @FunctionalInterface
  private interface Release {
    void of(Connection holder) throws SQLException;
  }

  @Test
  void theyShareOneTransaction() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      Met met = meet(Connection::rollback);
      await().until(() -> met.first().outcome().isDone() && met.intended().outcome().isDone());
      assertThat(met.recorded().outcome().join().serial().hex()).isEqualTo(met.serial());
      if (met.intended().outcome().isCompletedExceptionally()) {
        continue; // on a very slow machine it gives up its wait for the lock
      }
      String intended = met.intended().outcome().join().serial().hex();
      if (xmin("CERTIFICATE_RESERVED", intended).equals(xmin("CERTIFICATE_ISSUED", met.serial()))) {
        return;
      }
    }
    throw new AssertionError("they never met in " + TRIES + " tries");
  }

  @Test
  void aHaltRefusesTheIntentionOnly() throws Exception {
    AtomicReference<Met> last = new AtomicReference<>();
    try {
      last.set(
          meet(
              holder -> {
                holder
                    .createStatement()
                    .execute(
                        "insert into signing_halt (id, reason, halted_by, halted_at)"
                            + " values (gen_random_uuid(), 'a test', 'test', now())");
                holder.commit();
              }));
      await().until(() -> last.get().recorded().outcome().isDone());
      await().until(() -> last.get().intended().outcome().isDone());
    } finally {
      book.change("update signing_halt set resumed_at = now() where resumed_at is null");
    }
    Met met = last.get();
    assertThat(met.recorded().outcome().join().serial().hex()).isEqualTo(met.serial());
    assertThat(met.intended().outcome()).isCompletedExceptionally();
    assertThat(book.number("select count(*) from certificate where serial = ?", met.serial()))
        .isEqualTo(1);
    assertThat(book.number("select count(*) from reservation where serial = ?", met.serial()))
        .isZero();
  }

  /** One intention that cannot go on, an intention and a record behind it, and then they may. */
  private Met meet(Release release) throws Exception {
    Inventory.Signed signed = signing.sign(own.next());
    Met met;
    try (Connection holder = book.connect()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("lock table signing_halt in access exclusive mode");
      Attempt<Entry> first = Attempt.at(() -> enrolment.issue(own.next()));
      arrives(first);
      Attempt<Entry> intended = Attempt.at(() -> enrolment.issue(own.next()));
      arrives(intended);
      Attempt<Entry> recorded = Attempt.at(() -> signing.record(signed));
      arrives(recorded);
      met = new Met(first, intended, recorded, signed.reservation().serial().hex());
      release.of(holder);
    }
    return met;
  }

  private static void arrives(Attempt<?> attempt) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(20))
        .until(attempt::isAtTheBook);
  }

  private String xmin(String kind, String serial) {
    return book.texts(
            "select xmin::text from ledger_entry where kind = ? and subject = ?", kind, serial)
        .getFirst();
  }
}
