package io.chancery.membership;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/** The table {@code partner}. */
@Singleton
class PartnerRows implements PanacheRepositoryBase<PartnerRow, String> {
  Optional<PartnerRow> locked(String organization) {
    return find("organization", organization)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  void write(Partner partner) {
    PartnerRow row = findByIdOptional(partner.organization().value()).orElseGet(PartnerRow::new);
    boolean fresh = row.organization.isEmpty();
    row.set(partner);
    if (fresh) {
      persist(row);
    }
  }
}
