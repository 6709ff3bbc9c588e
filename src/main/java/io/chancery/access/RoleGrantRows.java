package io.chancery.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code role_grant}. */
@Singleton
class RoleGrantRows implements PanacheRepositoryBase<RoleGrantRow, RoleGrantRow.Id> {}
