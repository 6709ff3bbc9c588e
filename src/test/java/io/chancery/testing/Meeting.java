package io.chancery.testing;

import static org.awaitility.Awaitility.await;

import io.chancery.Scope;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.SignedNow;
import io.chancery.inventory.Entry;
import io.chancery.inventory.Inventory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets an intention and a record meet on their way to the book: both wait behind an intention that
 * cannot go on, because another holds what it asks.
 */
@ApplicationScoped
public class Meeting {
  @Inject Enrolment enrolment;
  @Inject SignedNow signing;
  @Inject Book book;

  /** What the other does with its lock at last. */
  @FunctionalInterface
  public interface Release {
    void of(Connection holder) throws SQLException;
  }

  /**
   * What came of them, when all is over.
   *
   * @param first of the one that held the others up
   * @param signed what {@code recorded} enters
   */
  public record Met(
      CompletableFuture<Entry> first,
      CompletableFuture<Entry> intended,
      CompletableFuture<Entry> recorded,
      Inventory.Signed signed) {}

  private record Attempt(Thread thread, CompletableFuture<Entry> outcome) {
    static Attempt at(Supplier<Entry> work) {
      CompletableFuture<Entry> outcome = new CompletableFuture<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      outcome.complete(work.get());
                    } catch (RuntimeException failed) {
                      outcome.completeExceptionally(failed);
                    }
                  });
      return new Attempt(thread, outcome);
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

  public Met of(OwnRequests own, Release release) throws Exception {
    return of(own, signing.sign(own.next()), Scope.ALL, () -> enrolment.issue(own.next()), release);
  }

  /**
   * @param scope of the record: that of {@code intention}, or they do not meet
   */
  public Met of(
      OwnRequests own,
      Inventory.Signed signed,
      Scope scope,
      Supplier<Entry> intention,
      Release release)
      throws Exception {
    Attempt first;
    Attempt intended;
    Attempt recorded;
    try (Connection holder = book.connect()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("lock table signing_halt in access exclusive mode");
      first = arrived(() -> enrolment.issue(own.next()));
      intended = arrived(intention);
      recorded = arrived(() -> scope.during(() -> signing.record(signed)));
      release.of(holder);
    }
    for (Attempt one : new Attempt[] {first, intended, recorded}) {
      one.thread().join();
    }
    return new Met(first.outcome(), intended.outcome(), recorded.outcome(), signed);
  }

  private static Attempt arrived(Supplier<Entry> work) {
    Attempt attempt = Attempt.at(work);
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(20))
        .until(attempt::isAtTheBook);
    return attempt;
  }
}
