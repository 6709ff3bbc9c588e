package io.chancery.revocation;

import io.chancery.x509.IssuerName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The table {@code crl_series}. */
@Singleton
class CrlSeriesRows implements PanacheRepositoryBase<CrlSeriesRow, String> {
  /** The row, locked until the transaction ends; a new one begins before the first number. */
  CrlSeriesRow lockedOrNew(IssuerName issuer) {
    return findByIdOptional(issuer.value(), LockModeType.PESSIMISTIC_WRITE)
        .orElseGet(
            () -> {
              CrlSeriesRow row = new CrlSeriesRow();
              row.issuer = issuer.value();
              persist(row);
              return row;
            });
  }
}
