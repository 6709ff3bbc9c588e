package io.chancery.ledger;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code ledger_entry}. */
@Singleton
class LedgerRows implements PanacheRepositoryBase<LedgerRow, Long> {}
