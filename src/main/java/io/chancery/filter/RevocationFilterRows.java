package io.chancery.filter;

import io.chancery.x509.IssuerName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The table {@code revocation_filter}. */
@Singleton
class RevocationFilterRows implements PanacheRepositoryBase<RevocationFilterRow, String> {
  /** The filter of this issuer, if its number is larger. */
  Optional<RevocationFilterRow> newerThan(long number, IssuerName issuer) {
    return find("issuer = ?1 and number > ?2", issuer.value(), number).firstResultOptional();
  }

  /** The row to write into; a new one is before the first number. */
  RevocationFilterRow orNew(IssuerName issuer) {
    return findByIdOptional(issuer.value())
        .orElseGet(
            () -> {
              RevocationFilterRow row = new RevocationFilterRow();
              row.issuer = issuer.value();
              persist(row);
              return row;
            });
  }
}
