package io.chancery.inventory.pulse;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * The pool's connections as the driver has them. The pool itself closes them one after the other on
 * the thread that also opens new ones, which hangs while the network is silent.
 */
@Singleton
class OpenConnections implements AgroalPoolInterceptor {
  private static final Logger LOG = Logger.getLogger(OpenConnections.class);

  private final Set<Connection> open =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  @Override
  public void onConnectionCreate(Connection connection) {
    physical(connection, open::add);
  }

  @Override
  public void onConnectionDestroy(Connection connection) {
    physical(connection, open::remove);
  }

  /** Whoever waits for an answer on one of them gets an exception; the server hears nothing. */
  void breakAll() {
    List<Connection> all;
    synchronized (open) {
      all = List.copyOf(open);
    }
    for (Connection one : all) {
      try {
        one.abort(Runnable::run);
      } catch (SQLException gone) {
        LOG.debugf(gone, "it was broken already");
      }
    }
  }

  private interface Use {
    boolean of(Connection physical);
  }

  private static void physical(Connection connection, Use use) {
    try {
      use.of((Connection) connection.unwrap(PGConnection.class));
    } catch (SQLException closed) {
      LOG.debugf(closed, "the driver's own connection is not known");
    }
  }
}
