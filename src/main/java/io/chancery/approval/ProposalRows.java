package io.chancery.approval;

import io.chancery.OrganizationId;
import io.chancery.warrant.Deed;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code proposal}. */
@Singleton
class ProposalRows implements PanacheRepositoryBase<ProposalRow, UUID> {
  /** The first question of many starts: in SQL, so that none waits for Hibernate's parser. */
  private static final String DONE =
      "select * from proposal where deed = ?1 and state = 'CARRIED_OUT' order by closed_at desc";

  /** Nobody else changes it until this transaction ends. */
  Optional<ProposalRow> locked(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /** The newest first; of every organization where none is named. */
  List<ProposalRow> list(Optional<OrganizationId> owner, boolean openOnly, int most) {
    String open = openOnly ? " and closedAt is null" : "";
    return owner
        .map(
            id ->
                find(
                    "organization = :owner" + open + " order by proposedAt desc, id",
                    Parameters.with("owner", id.value())))
        .orElseGet(() -> find("1 = 1" + open + " order by proposedAt desc, id"))
        .page(0, most)
        .list();
  }

  Optional<ProposalRow> about(Deed deed, String subject) {
    return find("deed = ?1 and subject = ?2 order by proposedAt desc", deed.name(), subject)
        .firstResultOptional();
  }

  List<UUID> approved(int most) {
    return find("state = 'APPROVED' order by proposedAt").page(0, most).stream()
        .map(row -> row.id)
        .toList();
  }

  List<UUID> overdue(Instant now, int most) {
    return find("closedAt is null and expiresAt < ?1 order by expiresAt", now)
        .page(0, most)
        .stream()
        .map(row -> row.id)
        .toList();
  }

  /** Those of this deed that were carried out, the newest first. */
  List<ProposalRow> done(Deed deed, int most) {
    return getEntityManager()
        .createNativeQuery(DONE, ProposalRow.class)
        .setParameter(1, deed.name())
        .setMaxResults(most)
        .getResultList();
  }
}
