package io.chancery.approval;

import io.chancery.warrant.Endorsement;
import io.chancery.warrant.Verdict;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code endorsement}. */
@Entity
@Table(name = "endorsement")
class EndorsementRow {
  /** The table's key. */
  @Embeddable
  record Id(UUID proposal, String person, String verdict) implements Serializable {}

  @EmbeddedId Id id = new Id(new UUID(0, 0), "", "");

  String comment = "";
  String jws = "";
  Instant at = Instant.EPOCH;

  static EndorsementRow of(UUID proposal, Endorsement endorsement, Instant at) {
    EndorsementRow row = new EndorsementRow();
    row.id = new Id(proposal, endorsement.person(), endorsement.verdict().name());
    row.comment = endorsement.comment();
    row.jws = endorsement.jws();
    row.at = at;
    return row;
  }

  Endorsement endorsement() {
    return new Endorsement(Verdict.valueOf(id.verdict()), id.person(), comment, jws);
  }
}
