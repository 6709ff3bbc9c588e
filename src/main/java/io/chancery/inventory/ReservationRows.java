package io.chancery.inventory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code reservation}. */
@Singleton
class ReservationRows implements PanacheRepositoryBase<ReservationRow, String> {}
