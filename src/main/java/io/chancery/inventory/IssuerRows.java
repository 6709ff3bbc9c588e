package io.chancery.inventory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code issuer}. */
@Singleton
class IssuerRows implements PanacheRepositoryBase<IssuerRow, String> {}
