package io.chancery.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/** The table {@code profile_limit}. */
@Singleton
class LimitRows implements PanacheRepositoryBase<LimitRow, LimitRow.Id> {
  Optional<LimitRow> locked(LimitRow.Id id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }
}
