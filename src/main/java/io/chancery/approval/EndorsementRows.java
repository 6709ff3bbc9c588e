package io.chancery.approval;

import io.chancery.warrant.Verdict;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The table {@code endorsement}. */
@Singleton
class EndorsementRows implements PanacheRepositoryBase<EndorsementRow, EndorsementRow.Id> {
  List<EndorsementRow> of(UUID proposal) {
    return find("id.proposal = ?1 order by at, id.person", proposal).list();
  }

  long approving(UUID proposal) {
    return count("id.proposal = ?1 and id.verdict = ?2", proposal, Verdict.APPROVE.name());
  }
}
