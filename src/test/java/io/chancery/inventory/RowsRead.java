package io.chancery.inventory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;

/** How many rows of the book the database reads for something, by its own count. */
@Singleton
class RowsRead {
  private static final String ROWS =
      "select coalesce(sum(seq_tup_read + idx_tup_fetch), 0) from pg_stat_xact_user_tables"
          + " where relname = 'certificate'";

  @Inject Transactions transactions;
  @Inject EntityManager entities;

  long by(Runnable question) {
    return transactions.call(
        () -> {
          long before = rows();
          question.run();
          return rows() - before;
        });
  }

  private long rows() {
    return ((Number) entities.createNativeQuery(ROWS).getSingleResult()).longValue();
  }
}
