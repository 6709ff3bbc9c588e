package io.chancery.inventory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Leases as another replica on the same database holds them. */
@Singleton
public final class OtherReplica {
  private final LeaseRows rows;
  private final Transactions transactions;

  @Inject
  OtherReplica(LeaseRows rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  public Leases leases() {
    return new Leases(rows, transactions);
  }
}
