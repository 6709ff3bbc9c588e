package io.chancery.alerts;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The table {@code alert}. */
@Singleton
class AlertRows implements PanacheRepositoryBase<AlertRow, UUID> {}
