package io.chancery.inventory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Who among the replicas does a job. The database's clock decides, not a replica's. */
@Singleton
public final class Leases {
  private final LeaseRows rows;
  private final Transactions transactions;
  private final String holder = UUID.randomUUID().toString();

  @Inject
  Leases(LeaseRows rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  /** Takes or keeps the lease, or is empty while another replica holds it. */
  public Optional<Lease> take(String name, Duration length) {
    return transactions
        .call(() -> rows.take(name, holder, length))
        .map(token -> new Lease(name, token));
  }

  /** Refuses the write of a holder that was overtaken. Call it inside the write's transaction. */
  public void mustStillHold(Lease lease) {
    Transactions.mustBeOpen();
    rows.mustStillHold(lease, holder);
  }
}
