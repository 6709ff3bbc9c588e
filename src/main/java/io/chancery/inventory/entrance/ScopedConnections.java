package io.chancery.inventory.entrance;

import io.agroal.api.AgroalPoolInterceptor;
import io.chancery.Scope;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Tells each connection that leaves the pool whose rows it shows. It is told only where the last
 * one who had it saw others, so that the usual way costs no round trip.
 */
@Singleton
class ScopedConnections implements AgroalPoolInterceptor {
  private static final Logger LOG = Logger.getLogger(ScopedConnections.class);
  private static final String TELL = "select set_config('chancery.organization', ?, false)";

  /** By the physical connection; one that is not in it shows nothing. */
  private final Map<Connection, Scope> told = Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public void onConnectionAcquire(Connection connection) {
    Scope wanted = Scope.current();
    try {
      Connection physical = (Connection) connection.unwrap(PGConnection.class);
      if (!wanted.equals(told.get(physical))) {
        told.remove(physical);
        tell(physical, wanted);
      }
    } catch (SQLException broken) {
      // Nobody may go on with what it showed before. The next statement finds it closed, and the
      // pool throws it away as it does with any that has broken.
      LOG.debugf(broken, "a connection could not be told whose rows to show");
      close(connection);
    }
  }

  private void tell(Connection physical, Scope wanted) throws SQLException {
    // A transaction may be about to begin: rolled back, it would take this back with it. It begins
    // with its first statement, so this one goes before it.
    boolean outside = physical.getAutoCommit();
    if (!outside) {
      physical.setAutoCommit(true);
    }
    try (PreparedStatement statement = physical.prepareStatement(TELL)) {
      statement.setString(1, wanted.organization());
      statement.execute();
    } finally {
      if (!outside) {
        physical.setAutoCommit(false);
      }
    }
    told.put(physical, wanted);
  }

  private static void close(Connection connection) {
    try {
      ((Connection) connection.unwrap(PGConnection.class)).close();
    } catch (SQLException gone) {
      LOG.debugf(gone, "it was closed already");
    }
  }
}
