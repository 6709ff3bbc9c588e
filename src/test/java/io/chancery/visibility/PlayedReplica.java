package io.chancery.visibility;

import io.chancery.inventory.StatusVersion;
import io.chancery.inventory.Transactions;
import io.chancery.testing.Book;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Another replica on the same database, by what it writes there. */
@Singleton
public final class PlayedReplica {
  private final ReplicaRows rows;
  private final Seen seen;
  private final Transactions transactions;
  private final Book book;

  @Inject
  PlayedReplica(ReplicaRows rows, Seen seen, Transactions transactions, Book book) {
    this.rows = rows;
    this.seen = seen;
    this.transactions = transactions;
    this.book = book;
  }

  /** It starts now; returns its id. */
  public String starts(String name, Map<String, Instant> jobs) {
    String id = UUID.randomUUID().toString();
    beats(id, name, Duration.ZERO, jobs);
    return id;
  }

  /** A beat; it is this far behind. */
  public void beats(String id, String name, Duration behind, Map<String, Instant> jobs) {
    long now = book.number("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
    transactions.run(
        () ->
            rows.beat(
                new ReplicaRows.Beat(id, name, "authority", Duration.ZERO, now, behind, jobs)));
  }

  /** It has been silent for so long. */
  public void falls(String id, Duration silent) {
    try {
      book.change(
          "update replica set beat_at = now() - ? * interval '1 second' where id = ?",
          silent.toSeconds(),
          id);
    } catch (SQLException cannot) {
      throw new IllegalStateException(cannot);
    }
  }

  public void sees(String id, String serial, int version) {
    transactions.run(
        () ->
            seen.record(
                new Channel.Ocsp(id),
                List.of(new StatusVersion(SerialNumber.parse(serial), version)),
                Instant.now()));
  }

  public void stops(String id) {
    transactions.run(() -> rows.leave(id));
  }
}
