package io.chancery.inventory;

import io.chancery.PkiException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Leases that are kept while their work goes on, each for a limited number of times: work that
 * hangs must not keep another replica from it for ever. A process that is frozen renews nothing.
 */
final class Renewals {
  private static final Logger LOG = Logger.getLogger(Renewals.class);

  /** Two may be lost and the lease is still there. */
  private static final int IN_A_LENGTH = 3;

  private static final int MOST = 60;

  private final Renewing renewing;
  private final Set<Kept> kept = ConcurrentHashMap.newKeySet();

  /** Whether the lease is still its holder's, and now for its length again. */
  interface Renewing {
    boolean renew(Lease lease);
  }

  Renewals(Renewing renewing) {
    this.renewing = renewing;
  }

  /** Until it is closed. */
  Kept keep(Lease lease) {
    Kept one = new Kept(lease);
    kept.add(one);
    one.thread.start();
    return one;
  }

  void end() {
    kept.forEach(Kept::close);
  }

  /** A lease that is renewed. */
  final class Kept implements AutoCloseable {
    private final Lease lease;
    private final Thread thread;

    private Kept(Lease lease) {
      this.lease = lease;
      this.thread = Thread.ofVirtual().name("lease-" + lease.name()).unstarted(this::renew);
    }

    private void renew() {
      try {
        for (int i = 0; i < MOST; i++) {
          Thread.sleep(lease.length().dividedBy(IN_A_LENGTH));
          if (!kept.contains(this) || !stillHeld()) {
            return;
          }
        }
        LOG.warnf("lease %s is left to others: its work takes too long", lease.name());
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean stillHeld() {
      try {
        return renewing.renew(lease);
      } catch (PkiException databaseAway) {
        LOG.debugf("lease %s is not renewed now: %s", lease.name(), databaseAway.getMessage());
        return true;
      }
    }

    /** Not by interruption: it may be talking to the database. */
    @Override
    public void close() {
      kept.remove(this);
    }
  }
}
