package io.chancery.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code organization}. */
@Singleton
class OrganizationRows implements PanacheRepositoryBase<OrganizationRow, String> {}
