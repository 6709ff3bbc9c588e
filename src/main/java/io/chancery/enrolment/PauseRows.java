package io.chancery.enrolment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** The table {@code pause}. */
@Singleton
class PauseRows implements PanacheRepositoryBase<PauseRow, UUID> {
  Optional<PauseRow> ofClient(Client client) {
    return find("client", client.hash()).firstResultOptional();
  }
}
