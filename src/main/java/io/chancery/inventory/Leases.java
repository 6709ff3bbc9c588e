package io.chancery.inventory;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Who among the replicas does a job. The database's clock decides, not a replica's. */
@Singleton
public final class Leases {
  private static final Logger LOG = Logger.getLogger(Leases.class);
  private static final int BEFORE_TRANSACTIONS_END = 100;

  private final LeaseRows rows;
  private final Transactions transactions;
  private final String holder = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Renewals renewals;

  @Inject
  Leases(LeaseRows rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
    this.renewals = new Renewals(lease -> transactions.call(() -> rows.renew(lease, holder)));
  }

  /** Takes or keeps the lease, or is empty while another replica holds it. */
  public Optional<Lease> take(String name, Duration length) {
    if (stopping.get()) {
      return Optional.empty();
    }
    return transactions
        .call(() -> rows.take(name, holder, length))
        .map(token -> new Lease(name, token, length));
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
   * Refuses the write of a holder that was overtaken, and renews the lease of one that was not.
   * Call it inside the write's transaction; at its end again where that takes long.
   */
  public void mustStillHold(Lease lease) {
    Transactions.mustBeOpen();
    rows.mustStillHold(lease, holder);
  }

  /** A lease that is held, and by whom. */
  public record Held(String name, String holder, Duration left, boolean own) {}

  /** All that are held now, by whatever replica. */
  public List<Held> held() {
    return transactions.call(() -> rows.held(holder));
  }

  /** Whoever comes next need not wait until the leases of one that stops in order have expired. */
  void giveBack(@Observes @Priority(BEFORE_TRANSACTIONS_END) ShutdownEvent event) {
    stopping.set(true);
    renewals.end();
    try {
      transactions.run(() -> rows.giveBack(holder));
    } catch (PkiException databaseAway) {
      LOG.debugf("leases stay until they expire: %s", databaseAway.getMessage());
    }
  }
}
