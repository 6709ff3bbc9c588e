package io.chancery.inventory;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Who among the replicas does a job. The database's clock decides, not a replica's. */
@Singleton
public final class Leases {
  private static final Logger LOG = Logger.getLogger(Leases.class);
  private static final int BEFORE_TRANSACTIONS_END = 100;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final LeaseRows rows;
  private final Transactions transactions;
  private final String holder = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
  private final ReadWriteLock gate = new ReentrantReadWriteLock();
  private final Renewals renewals;

  private volatile boolean stopping;

  @Inject
  Leases(LeaseRows rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
    this.renewals = new Renewals(this::renew);
  }

  /** Takes or keeps the lease, or is empty while another replica holds it. */
  public Optional<Lease> take(String name, Duration length) {
    return unlessStopping(
            () -> transactions.call(() -> rows.take(name, holder, length)), Optional::<Long>empty)
        .map(token -> new Lease(name, token, length));
  }

  private boolean renew(Lease lease) {
    return unlessStopping(() -> transactions.call(() -> rows.renew(lease, holder)), () -> false);
  }

  private <T> T unlessStopping(Supplier<T> work, Supplier<T> otherwise) {
    if (stopping) {
      return otherwise.get();
    }
    gate.readLock().lock();
    try {
      return stopping ? otherwise.get() : work.get();
    } finally {
      gate.readLock().unlock();
    }
  }

  /**
   * Does work that may take longer than the lease, which is kept meanwhile: a short lease, so that
   * another replica soon goes on where this one dies or freezes. Whoever fails gives it back, for
   * another may fare better.
   *
   * @return whether it was done; not while another replica holds the lease
   */
  public boolean during(String name, Duration length, Consumer<Lease> work) {
    Optional<Lease> taken = take(name, length);
    taken.ifPresent(
        lease -> {
          try (Renewals.Kept kept = renewals.keep(lease)) {
            work.accept(lease);
          } catch (RuntimeException failed) {
            giveBack(lease);
            throw failed;
          }
        });
    return taken.isPresent();
  }

  private void giveBack(Lease lease) {
    try {
      transactions.run(() -> rows.giveBack(lease, holder));
    } catch (PkiException databaseAway) {
      LOG.debugf("lease %s stays until it expires: %s", lease.name(), databaseAway.getMessage());
    }
  }

  /**
   * Refuses the write of a holder that was overtaken, and renews the lease of one that was not; one
   * that stops keeps it for this write only. Call it inside the write's transaction; at its end
   * again where that takes long.
   */
  public void mustStillHold(Lease lease) {
    Transactions.mustBeOpen();
    if (!unlessStopping(() -> rows.extend(lease, holder, lease.length()), () -> false)
        && !rows.extend(lease, holder, Duration.ZERO)) {
      throw new Failure.Conflict(
              "lease " + lease.name(), "was taken over by another replica", "nothing to do")
          .thrown();
    }
  }

  /** A lease that is held, and by whom. */
  public record Held(String name, String holder, Duration left, boolean own) {}

  /** All that are held now, by whatever replica. */
  public List<Held> held() {
    return transactions.call(() -> rows.held(holder));
  }

  /** Whoever comes next need not wait until the leases of one that stops in order have expired. */
  void giveBack(@Observes @Priority(BEFORE_TRANSACTIONS_END) ShutdownEvent event) {
    renewals.end();
    stop();
    try {
      // A write that takes long under one keeps that one alone.
      transactions.run(() -> rows.giveBackFree(holder));
      transactions.run(() -> rows.giveBack(holder));
    } catch (PkiException databaseAway) {
      LOG.debugf("leases stay until they expire: %s", databaseAway.getMessage());
    }
  }

  /**
   * Whatever was taking or extending a lease has asked the database for it when this returns: then
   * it is given back with the rest, which waits for its row's lock. Not for longer than the wait.
   */
  private void stop() {
    stopping = true;
    try {
      if (gate.writeLock().tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        gate.writeLock().unlock();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
