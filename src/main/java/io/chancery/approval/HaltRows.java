package io.chancery.approval;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** The table {@code signing_halt}. */
@Singleton
class HaltRows implements PanacheRepositoryBase<HaltRow, UUID> {
  /** What is notified when signing is halted or goes on. */
  static final String CHANNEL = "signing_halt";

  Optional<HaltRow> open() {
    return find("resumedAt is null").firstResultOptional();
  }

  /** Told when the transaction commits. */
  void tellReplicas() {
    getEntityManager()
        .createNativeQuery("select cast(pg_notify('" + CHANNEL + "', '') as text)")
        .getSingleResult();
  }
}
