package io.chancery.inventory;

import io.chancery.inventory.sql.Trip;
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

  /** Runs {@code refused} where no certificate that begins at this time may be entered any more. */
  void ifBelow(IssuerName issuer, Instant notBefore, Runnable refused, Trip trip) {
    trip.query(
        "select not_before_is_allowed(?, ?)",
        row -> row.getBoolean(1),
        allowed -> {
          if (!allowed.getFirst()) {
            refused.run();
          }
        },
        issuer.value(),
        notBefore);
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
