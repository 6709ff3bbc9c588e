package io.chancery.cli.node;

import io.chancery.PkiException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Brings a node's holdings what is new, again and again, on a thread of its own. While there is
 * nothing to be had, what is held is served.
 */
final class Follower implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Follower.class);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

  private final Look source;
  private final InstantSource clock;
  private final Thread thread;
  private volatile Instant knownUntil = Instant.EPOCH;
  private volatile String trouble = "";
  private volatile boolean stopped;

  /** Where it comes from. */
  interface Look {
    /** Takes what is new; throws where nothing can be had. */
    void look() throws IOException, SQLException;

    /** Waits until there may be more. */
    void rest() throws SQLException, InterruptedException;

    /** Lets go of what a failed look has left. */
    void reset();
  }

  Follower(Look source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("source").unstarted(this::follow);
  }

  void start() {
    thread.start();
  }

  /** Once, on the caller's thread; empty where it went well, else why it did not. */
  String lookOnce() {
    try {
      look();
      trouble = "";
    } catch (IOException | SQLException | PkiException away) {
      trouble = reason(away);
      source.reset();
    }
    return trouble;
  }

  /** What was there by then is held; {@link Instant#EPOCH} before the first look. */
  Instant knownUntil() {
    return knownUntil;
  }

  /** Why nothing new comes; empty while it comes. */
  String trouble() {
    return trouble;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join(Duration.ofSeconds(2));
    source.reset();
  }

  private void look() throws IOException, SQLException {
    Instant asked = clock.instant();
    source.look();
    knownUntil = asked;
  }

  private void follow() {
    try {
      while (!stopped) {
        boolean before = trouble.isEmpty();
        if (!lookOnce().isEmpty()) {
          if (before) {
            LOG.warnf("what is held is served, nothing new comes: %s", trouble);
          }
          Thread.sleep(AFTER_TROUBLE);
        } else {
          rest();
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void rest() throws InterruptedException {
    try {
      source.rest();
    } catch (SQLException away) {
      source.reset(); // the next look tells
    }
  }

  private static String reason(Exception away) {
    return away instanceof PkiException known
        ? known.failure().detail()
        : String.valueOf(away.getMessage());
  }
}
