package io.chancery.revocation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code crl_series}. */
@Singleton
class CrlSeriesRows implements PanacheRepositoryBase<CrlSeriesRow, String> {}
