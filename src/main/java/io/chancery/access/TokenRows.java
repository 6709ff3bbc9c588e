package io.chancery.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code enrolment_token}. */
@Singleton
class TokenRows implements PanacheRepositoryBase<TokenRow, String> {}
