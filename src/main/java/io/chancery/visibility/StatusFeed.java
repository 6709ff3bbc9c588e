package io.chancery.visibility;

import io.chancery.inventory.StatusChanges;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Follows the book's changes of status. PostgreSQL's notification only wakes it; what has changed
 * is read from the table, and at every {@code look} without being woken, so that a lost
 * notification costs a fraction of a second and nothing else.
 */
@Singleton
public final class StatusFeed {
  private static final Logger LOG = Logger.getLogger(StatusFeed.class);
  private static final Duration AFTER_TROUBLE = Duration.ofMillis(250);

  /** Before anything fills a cache, so that no change falls between the two. */
  private static final int FIRST = 1;

  private static final int BEFORE_THE_POOL_CLOSES = 1;

  private final DataSource source;
  private final Event<StatusChanged> changed;
  private final FeedConfig config;
  private final InstantSource clock;
  private volatile Instant knownUntil = Instant.EPOCH;
  private final Object news = new Object();
  private volatile boolean stopped;
  private @Nullable Thread thread;
  private StatusChanges.@Nullable Position position;

  @Inject
  StatusFeed(
      DataSource source, Event<StatusChanged> changed, FeedConfig config, InstantSource clock) {
    this.source = source;
    this.changed = changed;
    this.config = config;
    this.clock = clock;
  }

  /** Every change that had committed by then is known here. */
  public Instant knownUntil() {
    return knownUntil;
  }

  /**
   * Waits until what had committed at this time is known here, which takes a few milliseconds, or
   * until patience ends: whoever asks this replica next is told what its own deed has changed.
   */
  public void await(Instant committed, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (news) {
      while (knownUntil.isBefore(committed) && !stopped) {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
          return;
        }
        try {
          news.wait(left);
        } catch (InterruptedException stop) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  void start(@Observes @Priority(FIRST) StartupEvent event) {
    thread = Thread.ofPlatform().daemon().name("status-feed").start(this::follow);
  }

  void stop(@Observes @Priority(BEFORE_THE_POOL_CLOSES) ShutdownEvent event)
      throws InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(2));
    }
  }

  private void follow() {
    while (!stopped) {
      try (Connection connection = source.getConnection()) {
        follow(connection);
      } catch (SQLException away) {
        // The position stays: what commits meanwhile is read when the book is back.
        LOG.debugf("the feed waits for the database: %s", away.getMessage());
        pause();
      }
    }
  }

  private void follow(Connection connection) throws SQLException {
    PGConnection listener = connection.unwrap(PGConnection.class);
    try (Statement listen = connection.createStatement()) {
      listen.execute("listen " + StatusChanges.CHANNEL);
    }
    if (position == null) {
      position = StatusChanges.now(connection);
      StatusChanges.adopt(connection);
    }
    try {
      while (!stopped) {
        read(connection, position);
        listener.getNotifications(Math.toIntExact(config.look().toMillis()));
      }
    } finally {
      try (Statement unlisten = connection.createStatement()) {
        unlisten.execute("unlisten *"); // the connection goes back to the pool
      }
    }
  }

  private void read(Connection connection, StatusChanges.Position from) throws SQLException {
    Instant asked = clock.instant();
    StatusChanges.Batch batch = StatusChanges.since(connection, from);
    if (!batch.changes().isEmpty()) {
      tell(new StatusChanged(batch.changes()));
    }
    position = batch.next();
    synchronized (news) {
      knownUntil = asked;
      news.notifyAll();
    }
  }

  private void tell(StatusChanged news) {
    try {
      changed.fire(news);
    } catch (RuntimeException bug) {
      LOG.error("an observer of changes of status failed", bug);
    }
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_TROUBLE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}
