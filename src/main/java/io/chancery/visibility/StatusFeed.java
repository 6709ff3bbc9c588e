package io.chancery.visibility;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.inventory.ChangeReader;
import io.chancery.inventory.ChangeReader.Told;
import io.chancery.inventory.StatusChanges;
import io.chancery.x509.SerialNumber;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** How many changes are told at once: a bulk revocation whole, a million would not fit. */
  private static final int AT_ONCE = 10_000;

  private static final int REMEMBERED = 10_000;

  private final DataSource source;
  private final Event<StatusChanged> changed;
  private final FeedConfig config;
  private final InstantSource clock;
  private volatile Instant knownUntil = Instant.EPOCH;
  private final Object news = new Object();

  /** The newest versions that were told, for those who wait for one; the oldest leave first. */
  private final Map<SerialNumber, Integer> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SerialNumber, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  private volatile boolean stopped;
  private @Nullable Thread thread;
  private volatile @Nullable Beginning beginning;

  /**
   * Where the feed has begun, and when.
   *
   * @param transaction what older transactions have changed stood in the book before anything here
   *     was read from it
   */
  public record Beginning(long transaction, Instant at) {}

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

  /** Empty before the start. */
  public Optional<Beginning> beginning() {
    return Optional.ofNullable(beginning);
  }

  /**
   * Waits until this change of a certificate, or a later one, has been told here, which takes a few
   * milliseconds, or until patience ends: whoever asks this replica next is told what its own deed
   * has changed.
   */
  public void await(SerialNumber serial, int version, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (news) {
      while (recent.getOrDefault(serial, -1) < version && !stopped) {
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

  /** The place is taken before this returns: what is read from the book later misses nothing. */
  void start(@Observes @Priority(FIRST) StartupEvent event) {
    ChangeReader reader = reader();
    thread = Thread.ofPlatform().daemon().name("status-feed").start(() -> follow(reader));
  }

  void stop(@Observes @Priority(BEFORE_THE_POOL_CLOSES) ShutdownEvent event)
      throws InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(2));
    }
  }

  private ChangeReader reader() {
    try (Connection connection = source.getConnection()) {
      Instant now = clock.instant();
      StatusChanges.adopt(connection);
      ChangeReader.Place place = ChangeReader.Place.now(connection);
      beginning = new Beginning(place.transaction(), now);
      knownUntil = now;
      return new ChangeReader(place, AT_ONCE);
    } catch (SQLException away) {
      throw new Failure.Unavailable("database", "changes cannot be followed", AFTER_TROUBLE)
          .because(away);
    }
  }

  private void follow(ChangeReader reader) {
    while (!stopped) {
      try (Connection connection = source.getConnection()) {
        follow(connection, reader);
      } catch (SQLException | PkiException away) {
        // The reader keeps its place: what commits meanwhile is read when the book is back.
        LOG.debugf("the feed waits for the database: %s", away.getMessage());
        pause();
      } catch (RuntimeException bug) {
        // Nobody else would begin again.
        LOG.error("the feed begins again where it was", bug);
        pause();
      }
    }
  }

  private void follow(Connection connection, ChangeReader reader) throws SQLException {
    PGConnection listener = connection.unwrap(PGConnection.class);
    try (Statement listen = connection.createStatement()) {
      listen.execute("listen " + StatusChanges.CHANNEL);
    }
    try {
      while (!stopped) {
        read(connection, reader);
        listener.getNotifications(Math.max(1, Math.toIntExact(config.look().toMillis())));
      }
    } finally {
      try (Statement unlisten = connection.createStatement()) {
        unlisten.execute("unlisten *"); // the connection goes back to the pool
      }
    }
  }

  private void read(Connection connection, ChangeReader reader) throws SQLException {
    Instant asked = clock.instant();
    do {
      List<Told> told = reader.next(connection);
      if (!told.isEmpty()) {
        tell(new StatusChanged(told.stream().map(Told::change).toList()));
        remember(told);
      }
    } while (reader.more() && !stopped);
    knownUntil = asked;
  }

  private void remember(List<Told> told) {
    synchronized (news) {
      told.forEach(one -> recent.put(one.change().serial(), one.change().version()));
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
