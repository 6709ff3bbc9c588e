package io.chancery.visibility;

import io.chancery.Failure;
import io.chancery.inventory.ChangeReader;
import io.chancery.inventory.ChangeReader.Place;
import io.chancery.inventory.ChangeReader.Told;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Clients that follow changes of status. Each reads from the book by itself, a page at a time, so
 * that a slow one costs nobody memory and one that comes back misses nothing; the feed only wakes
 * them.
 */
@Singleton
public final class Followers {
  private static final Duration TROUBLE = Duration.ofSeconds(2);

  /** What changes within it is read together. */
  private static final Duration TOGETHER = Duration.ofMillis(100);

  private static final int PAGE = 200;

  private final DataSource source;
  private final PushConfig config;
  private final Semaphore places;
  private final Counter cut;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread atExit = new Thread(this::end, "followers-end");
  private long told;
  private boolean ended;

  @Inject
  Followers(DataSource source, PushConfig config, MeterRegistry meters) {
    this.source = source;
    this.config = config;
    this.places = new Semaphore(config.clients());
    this.cut =
        Counter.builder("chancery.push.cut")
            .description("clients that did not take their changes in time")
            .register(meters);
    Gauge.builder(
            "chancery.push.clients", places, free -> config.clients() - free.availablePermits())
        .description("clients that follow changes of status")
        .register(meters);
  }

  /** A stop waits for requests that are at work: these end as soon as the process is asked to. */
  void start(@Observes StartupEvent event) {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  void stop(@Observes ShutdownEvent event) {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyAtExit) {
      end();
    }
  }

  void wake(@Observes StatusChanged changes) {
    lock.lock();
    try {
      told++;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public Duration heartbeat() {
    return config.heartbeat();
  }

  public Duration patience() {
    return config.patience();
  }

  /** Follows from a place that was handed out before; without one, from now on. */
  public Follower follow(Optional<Place> from) {
    if (!places.tryAcquire()) {
      throw new Failure.Busy("the feed of changes", Duration.ofSeconds(10)).thrown();
    }
    try (Connection connection = source.getConnection()) {
      Place place = from.isPresent() ? from.get().within(connection) : Place.now(connection);
      return new Follower(new ChangeReader(place, PAGE));
    } catch (SQLException | CompletionException away) {
      places.release();
      throw unavailable(away);
    }
  }

  /** One client. For one virtual thread. */
  public final class Follower implements AutoCloseable {
    private final ChangeReader reader;
    private long heard;
    private boolean left;

    private Follower(ChangeReader reader) {
      this.reader = reader;
    }

    public Place place() {
      return reader.place();
    }

    /** Whether there may still be something to come. */
    public boolean goesOn() {
      lock.lock();
      try {
        return !ended && !left;
      } finally {
        lock.unlock();
      }
    }

    /** The client was too slow. */
    public void cut() {
      cut.increment();
      leave();
    }

    /** The client is gone. */
    public void leave() {
      lock.lock();
      try {
        left = true;
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** The next changes, at most a page; empty when none has come for so long. */
    public List<Told> next(Duration most) {
      long end = System.nanoTime() + most.toNanos();
      List<Told> page = List.of();
      do {
        heard = toldSoFar();
        page = read();
      } while (page.isEmpty() && (reader.more() || awaitNews(end)));
      return page;
    }

    private List<Told> read() {
      try (Connection connection = source.getConnection()) {
        return reader.next(connection);
      } catch (SQLException | CompletionException away) {
        throw unavailable(away);
      }
    }

    /** Whether there may be something to read before the time is up. */
    private boolean awaitNews(long end) {
      lock.lock();
      try {
        long rest = end - System.nanoTime();
        while (told == heard && goesOn() && rest > 0) {
          rest = news.awaitNanos(rest);
        }
        if (told == heard || !goesOn()) {
          return false;
        }
        news.awaitNanos(TOGETHER.toNanos());
        return !ended;
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      places.release();
    }
  }

  private long toldSoFar() {
    lock.lock();
    try {
      return told;
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException unavailable(Exception away) {
    return new Failure.Unavailable("database", "changes cannot be read", TROUBLE).because(away);
  }
}
