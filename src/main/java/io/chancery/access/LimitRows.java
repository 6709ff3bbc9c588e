package io.chancery.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code profile_limit}. */
@Singleton
class LimitRows implements PanacheRepositoryBase<LimitRow, LimitRow.Id> {}
