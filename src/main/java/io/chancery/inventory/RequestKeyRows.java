package io.chancery.inventory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code request_key}. */
@Singleton
class RequestKeyRows implements PanacheRepositoryBase<RequestKeyRow, RequestKeyRow.Id> {}
