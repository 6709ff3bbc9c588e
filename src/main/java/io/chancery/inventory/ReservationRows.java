package io.chancery.inventory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code reservation}. */
@Singleton
class ReservationRows implements PanacheRepositoryBase<ReservationRow, String> {
  /** Removes an open reservation at once; of two that try, the second waits and removes none. */
  long take(String serial) {
    return delete("serial = ?1 and abandonedAt is null", serial);
  }
}
