package io.chancery.revocation;

import io.chancery.x509.IssuerName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/** The table {@code crl_series}. */
@Singleton
class CrlSeriesRows implements PanacheRepositoryBase<CrlSeriesRow, String> {
  /** The row, locked until the transaction ends. */
  Optional<CrlSeriesRow> locked(IssuerName issuer) {
    return findByIdOptional(issuer.value(), LockModeType.PESSIMISTIC_WRITE);
  }
}
