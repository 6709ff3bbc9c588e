package io.chancery.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code identity}. */
@Singleton
class IdentityRows implements PanacheRepositoryBase<IdentityRow, IdentityRow.Id> {}
