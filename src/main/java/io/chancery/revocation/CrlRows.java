package io.chancery.revocation;

import io.chancery.x509.IssuerName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The table {@code crl}. */
@Singleton
class CrlRows implements PanacheRepositoryBase<CrlRow, CrlRow.Id> {
  Optional<CrlRow> newest(IssuerName issuer) {
    return find("id.issuer = ?1 order by id.number desc", issuer.value()).firstResultOptional();
  }

  /** Keeps the newest few; older ones are superseded and nobody asks for them. */
  void forgetBefore(IssuerName issuer, long number) {
    delete("id.issuer = ?1 and id.number < ?2", issuer.value(), number);
  }
}
