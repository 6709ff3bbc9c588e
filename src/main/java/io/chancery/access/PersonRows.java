package io.chancery.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The table {@code person}. */
@Singleton
class PersonRows implements PanacheRepositoryBase<PersonRow, String> {}
