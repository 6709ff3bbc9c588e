package io.chancery.inventory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code status_change}. */
@Singleton
class StatusChangeRows implements PanacheRepositoryBase<StatusChangeRow, Long> {}
