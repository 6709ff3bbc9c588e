package io.chancery.approval;

import io.chancery.OrganizationId;
import io.chancery.warrant.Deed;
import io.chancery.warrant.ExactBytes;
import io.chancery.warrant.Terms;
import io.chancery.x509.Thumbprint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code proposal}. */
@Entity
@Table(name = "proposal")
class ProposalRow {
  @Id UUID id = new UUID(0, 0);

  String deed = "";
  String subject = "";
  String organization = "";

  @Column(name = "proposed_by")
  String proposedBy = "";

  String proposer = "";
  byte[] exact = {};
  String sha256 = "";
  String summary = "";
  String comment = "";
  int need;

  @Column(name = "proposed_at")
  Instant proposedAt = Instant.EPOCH;

  @Column(name = "expires_at")
  Instant expiresAt = Instant.EPOCH;

  String state = "";

  @Column(name = "closed_at")
  @Nullable Instant closedAt;

  String outcome = "";

  static ProposalRow of(Proposal proposal) {
    ProposalRow row = new ProposalRow();
    Terms terms = proposal.terms();
    row.id = terms.proposal();
    row.deed = terms.deed().name();
    row.subject = proposal.subject();
    row.organization = terms.organization().value();
    row.proposedBy = proposal.proposedBy();
    row.proposer = terms.proposer();
    row.exact = proposal.exact().octets();
    row.sha256 = terms.sha256().hex();
    row.summary = proposal.summary();
    row.comment = proposal.comment();
    row.need = terms.need();
    row.proposedAt = terms.proposed();
    row.expiresAt = terms.expires();
    row.state = proposal.state().name();
    row.closedAt = proposal.closedAt().orElse(null);
    row.outcome = proposal.outcome();
    return row;
  }

  Proposal proposal() {
    return new Proposal(
        new Terms(
            id,
            Deed.valueOf(deed),
            new OrganizationId(organization),
            new Thumbprint(sha256),
            need,
            proposer,
            proposedAt,
            expiresAt),
        subject,
        proposedBy,
        ExactBytes.of(exact),
        summary,
        comment,
        Proposal.State.valueOf(state),
        Optional.ofNullable(closedAt),
        outcome);
  }

  Proposal.State state() {
    return Proposal.State.valueOf(state);
  }

  void close(Proposal.State how, String what, Instant at) {
    state = how.name();
    outcome = what;
    closedAt = at;
  }
}
