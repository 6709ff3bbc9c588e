package io.chancery.approval;

import io.chancery.PkiException;
import io.chancery.warrant.SigningSwitch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Keeps this replica's switch as the database has it. A notification wakes it within milliseconds;
 * a lost one costs a second, and the transaction of each reservation asks the table anyway.
 */
@Singleton
final class HaltFeed {
  private static final Logger LOG = Logger.getLogger(HaltFeed.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int BEFORE_THE_POOL_CLOSES = 1;

  private final DataSource source;
  private final Halts halts;
  private final SigningSwitch here;
  private volatile boolean stopped;
  private @Nullable Thread thread;

  @Inject
  HaltFeed(DataSource source, Halts halts, SigningSwitch here) {
    this.source = source;
    this.halts = halts;
    this.here = here;
  }

  void start(@Observes StartupEvent event) {
    here.set(halts.current().map(Standstill::halt));
    thread = Thread.ofPlatform().daemon().name("halt-feed").start(this::follow);
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
      } catch (SQLException | PkiException away) {
        LOG.debugf("the switch stays as it is until the database is back: %s", away.getMessage());
        pause();
      } catch (RuntimeException bug) {
        // Nobody else would begin again.
        LOG.error("the switch is looked at again", bug);
        pause();
      }
    }
  }

  private void follow(Connection connection) throws SQLException {
    PGConnection listener = connection.unwrap(PGConnection.class);
    try (Statement listen = connection.createStatement()) {
      listen.execute("listen " + HaltRows.CHANNEL);
    }
    try {
      while (!stopped) {
        Optional<SigningSwitch.Halt> now = halts.current().map(Standstill::halt);
        if (!now.equals(here.halt())) {
          LOG.warnf("signing %s", now.map(halt -> "is halted: " + halt.reason()).orElse("goes on"));
          here.set(now);
        }
        listener.getNotifications(Math.toIntExact(LOOK.toMillis()));
      }
    } finally {
      try (Statement unlisten = connection.createStatement()) {
        unlisten.execute("unlisten *"); // the connection goes back to the pool
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}
