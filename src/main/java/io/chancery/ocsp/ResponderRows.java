package io.chancery.ocsp;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code responder}. */
@Singleton
class ResponderRows implements PanacheRepositoryBase<ResponderRow, String> {}
