package io.chancery.visibility;

import io.chancery.PkiException;
import io.chancery.inventory.StatusVersion;
import io.chancery.inventory.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import org.jboss.logging.Logger;

/** Where changes of status have become visible, and when. */
@Singleton
public final class Seen {
  private static final Logger LOG = Logger.getLogger(Seen.class);
  private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);
  private static final int BEFORE_TRANSACTIONS_END = 90;

  /** What waits to be written at most. */
  private static final int MOST = 100_000;

  private static final int AT_ONCE = 5_000;

  private final SeenRows rows;
  private final Transactions transactions;
  private final Queue<Sighting> waiting = new ArrayDeque<>();
  private boolean writing;
  private volatile boolean stopping;

  /** One version of one certificate's status, seen in one channel. */
  record Sighting(Channel channel, StatusVersion version, Instant at) {}

  @Inject
  Seen(SeenRows rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  /**
   * Writes it down in the transaction that is open: what is rolled back was never seen. What the
   * database says against it is thrown as for every other write of that transaction.
   */
  public void record(Channel channel, Collection<StatusVersion> versions, Instant at) {
    Transactions.mustBeOpen();
    List<Sighting> batch = new ArrayList<>(Math.min(versions.size(), AT_ONCE));
    for (StatusVersion version : versions) {
      batch.add(new Sighting(channel, version, at));
      if (batch.size() == AT_ONCE) {
        rows.add(batch);
        batch.clear();
      }
    }
    rows.add(batch);
  }

  /** Writes it down soon, in the background, and never fails: for whoever has no time. */
  public void recordSoon(Channel channel, Collection<StatusVersion> versions, Instant at) {
    synchronized (waiting) {
      for (StatusVersion version : versions) {
        if (waiting.size() >= MOST) {
          LOG.warn("sightings come faster than they are written down; some are forgotten");
          break;
        }
        waiting.add(new Sighting(channel, version, at));
      }
      if (!writing && !waiting.isEmpty()) {
        writing = true;
        Thread.ofVirtual().name("seen").start(this::write);
      }
    }
  }

  /** One writer at a time; it ends when nothing waits. */
  private void write() {
    List<Sighting> batch = taken(List.of());
    while (!batch.isEmpty()) {
      List<Sighting> now = batch;
      try {
        transactions.run(() -> rows.add(now));
        batch = taken(now);
      } catch (PkiException away) {
        LOG.debugf("sightings wait for the database: %s", away.getMessage());
        if (stopping || !pause()) {
          return;
        }
      }
    }
  }

  /** The next ones, once these are written; they stay in the queue until then. */
  private List<Sighting> taken(List<Sighting> written) {
    synchronized (waiting) {
      for (int i = 0; i < written.size(); i++) {
        waiting.remove();
      }
      writing = !waiting.isEmpty();
      return waiting.stream().limit(AT_ONCE).toList();
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(AFTER_TROUBLE);
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void stop(@Observes @Priority(BEFORE_TRANSACTIONS_END) ShutdownEvent event) {
    stopping = true;
  }
}
