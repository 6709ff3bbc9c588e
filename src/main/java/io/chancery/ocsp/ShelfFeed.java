package io.chancery.ocsp;

import io.chancery.inventory.StatusChange;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.visibility.StatusChanged;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this replica's shelf: fills it at start, follows what is made anywhere, and puts a mark
 * over what a change of status has made untrue before anybody is told of the change.
 */
@Singleton
public final class ShelfFeed {
  /** Before whoever says that a change can be seen here. */
  public static final int BEFORE_ANYBODY_IS_TOLD = 100;

  private static final Logger LOG = Logger.getLogger(ShelfFeed.class);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final int BEFORE_THE_POOL_CLOSES = 1;

  private final AnswerShelf shelf;
  private final OcspAhead ahead;
  private final DataSource source;
  private final OcspConfig config;
  private final InstantSource clock;
  private final ShelfReader reader;
  private volatile boolean loaded;
  private volatile boolean stopped;
  private Instant swept;
  private @Nullable Thread thread;

  @Inject
  ShelfFeed(
      AnswerShelf shelf,
      OcspAhead ahead,
      Issuers issuers,
      DataSource source,
      OcspConfig config,
      InstantSource clock) {
    this.shelf = shelf;
    this.ahead = ahead;
    this.source = source;
    this.config = config;
    this.clock = clock;
    this.swept = clock.instant();
    Map<IssuerName, IssuedCertificate> certificates =
        issuers.all().stream().collect(Collectors.toMap(Issuer::name, Issuer::certificate));
    this.reader =
        new ShelfReader(
            shelf,
            name -> Optional.ofNullable(certificates.get(name)),
            this::certificate,
            answer -> {});
  }

  /** Whether what was made before this start is on the shelf. */
  public boolean isLoaded() {
    return loaded;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().daemon().name("answer-shelf").start(this::follow);
  }

  void stop(@Observes @Priority(BEFORE_THE_POOL_CLOSES) ShutdownEvent event)
      throws InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(2));
    }
  }

  /** What is on the shelf of a certificate whose status has changed is not sent any more. */
  void changed(@Observes @Priority(BEFORE_ANYBODY_IS_TOLD) StatusChanged news) {
    news.changes().forEach(this::mark);
  }

  private void mark(StatusChange change) {
    if (reader.mark(change)) {
      ahead.atOnce(change.serial());
    }
  }

  private void follow() {
    while (!stopped) {
      try (Connection connection = source.getConnection()) {
        read(connection);
      } catch (SQLException away) {
        LOG.debugf("the shelf waits for the database: %s", away.getMessage());
      } catch (RuntimeException bug) {
        LOG.error("the shelf could not be filled", bug);
      }
      pause();
    }
  }

  private void read(Connection connection) throws SQLException {
    if (reader.isLoaded()) {
      reader.read(connection);
    } else {
      long started = System.nanoTime();
      AnswerRows.adopt(connection);
      reader.read(connection);
      LOG.infof(
          "the shelf holds %d answers in %d MB, read in %d ms",
          shelf.size(),
          shelf.memory() >> 20,
          Duration.ofNanos(System.nanoTime() - started).toMillis());
      loaded = true;
    }
    Instant now = clock.instant();
    if (swept.plus(SWEEP).isBefore(now)) {
      swept = now;
      shelf.sweep(now.getEpochSecond());
    }
  }

  /** On a connection of its own: answers are being read on the other one. */
  private Optional<IssuedCertificate> certificate(String serial) {
    try (Connection connection = source.getConnection()) {
      return ShelfCheck.certificate(connection, serial);
    } catch (SQLException away) {
      throw new IllegalStateException(away);
    }
  }

  private void pause() {
    try {
      Thread.sleep(config.look());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}
