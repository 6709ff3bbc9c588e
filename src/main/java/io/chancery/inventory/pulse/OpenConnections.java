package io.chancery.inventory.pulse;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The pool's connections as the driver has them. The pool itself closes them one after the other on
 * the thread that also opens new ones, which hangs while the network is silent.
 */
@Singleton
class OpenConnections implements AgroalPoolInterceptor {
  private static final Logger LOG = Logger.getLogger(OpenConnections.class);

  /** Where the driver reads the answer to a statement, of whatever kind. */
  private static final String EXECUTOR = "org.postgresql.core.v3.QueryExecutorImpl";

  private static final String READS_ANSWER = "processResults";

  private final Map<Connection, Line> open = Collections.synchronizedMap(new WeakHashMap<>());

  /** One of them: the process that serves it there, and who has it here. */
  private static final class Line {
    final int backend;
    private volatile @Nullable Use use;

    Line(int backend) {
      this.backend = backend;
    }
  }

  /** Since when by {@link System#nanoTime}. */
  private record Use(Thread thread, long since) {}

  /** Somebody waits on it for an answer. */
  record Unanswered(int backend, Connection connection) {}

  @Override
  public void onConnectionCreate(Connection connection) {
    physical(connection, one -> open.put(one, new Line(((PGConnection) one).getBackendPID())));
  }

  @Override
  public void onConnectionAcquire(Connection connection) {
    Use use = new Use(Thread.currentThread(), System.nanoTime());
    physical(connection, one -> hand(one, use));
  }

  @Override
  public void onConnectionReturn(Connection connection) {
    physical(connection, one -> hand(one, null));
  }

  @Override
  public void onConnectionDestroy(Connection connection) {
    physical(connection, open::remove);
  }

  private void hand(Connection physical, @Nullable Use use) {
    Line line = open.get(physical);
    if (line != null) {
      line.use = use;
    }
  }

  /** One that is broken is not had any more: it is forgotten with whoever has it. */
  private static void physical(Connection connection, Consumer<Connection> use) {
    try {
      use.accept((Connection) connection.unwrap(PGConnection.class));
    } catch (SQLException closed) {
      LOG.debugf(closed, "the driver's own connection is not known");
    }
  }

  /** Those in use for longer than this, on which somebody waits for an answer now. */
  List<Unanswered> unanswered(Duration longer) {
    // Whoever has two of them, one within the other, waits on the newer one.
    Map<Thread, Held> newest = new HashMap<>();
    synchronized (open) {
      open.forEach(
          (connection, line) -> {
            Use use = line.use;
            if (use != null && !isBroken(connection)) {
              Held held = new Held(use.since(), new Unanswered(line.backend, connection));
              newest.merge(use.thread(), held, Held::later);
            }
          });
    }
    List<Unanswered> all = new ArrayList<>();
    long now = System.nanoTime();
    newest.forEach(
        (thread, held) -> {
          if (now - held.since() > longer.toNanos() && waits(thread)) {
            all.add(held.what());
          }
        });
    return all;
  }

  private static boolean isBroken(Connection one) {
    try {
      return one.isClosed();
    } catch (SQLException broken) {
      return true;
    }
  }

  private record Held(long since, Unanswered what) {
    Held later(Held other) {
      return since - other.since > 0 ? this : other;
    }
  }

  /** In the driver, between a question and its answer. Who listens for notifications is not. */
  private static boolean waits(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals(EXECUTOR) && frame.getMethodName().equals(READS_ANSWER)) {
        return true;
      }
    }
    return false;
  }

  /** Whoever waits for an answer on one of them gets an exception; the server hears nothing. */
  void breakAll() {
    List<Connection> all;
    synchronized (open) {
      all = List.copyOf(open.keySet());
    }
    all.forEach(OpenConnections::breakOne);
  }

  static void breakOne(Connection one) {
    try {
      one.abort(Runnable::run);
    } catch (SQLException gone) {
      LOG.debugf(gone, "it was broken already");
    }
  }
}
