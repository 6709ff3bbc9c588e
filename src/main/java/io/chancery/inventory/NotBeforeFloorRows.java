package io.chancery.inventory;

import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/** The table {@code not_before_floor}; its two functions take the lock that makes it certain. */
@Singleton
class NotBeforeFloorRows {
  private final EntityManager entities;

  @Inject
  NotBeforeFloorRows(EntityManager entities) {
    this.entities = entities;
  }

  boolean allows(IssuerName issuer, Instant notBefore) {
    return (Boolean)
        entities
            .createNativeQuery(
                "select not_before_is_allowed(:issuer, cast(:notBefore as timestamptz))",
                Boolean.class)
            .setParameter("issuer", issuer.value())
            .setParameter("notBefore", notBefore.toString())
            .getSingleResult();
  }

  Instant raise(IssuerName issuer, Instant to) {
    // Shorter than deadlock_timeout: who raises it gives way to those who issue.
    entities.createNativeQuery("set local lock_timeout = '500ms'").executeUpdate();
    return (Instant)
        entities
            .createNativeQuery(
                "select raise_not_before_floor(:issuer, cast(:at as timestamptz))", Instant.class)
            .setParameter("issuer", issuer.value())
            .setParameter("at", to.toString())
            .getSingleResult();
  }
}
