package io.chancery.membership;

import io.chancery.OrganizationId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code partner}. */
@Entity
@Table(name = "partner")
class PartnerRow {
  @Id String organization = "";

  String state = "";

  @Column(name = "sandbox_profile")
  String sandboxProfile = "";

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] profiles = {};

  String request = "";
  String proposal = "";
  String revocation = "";

  @Column(name = "changed_at")
  Instant changedAt = Instant.EPOCH;

  void set(Partner partner) {
    organization = partner.organization().value();
    state = partner.state().name();
    sandboxProfile = partner.sandboxProfile();
    profiles = partner.profiles().toArray(String[]::new);
    request = partner.request();
    proposal = partner.proposal();
    revocation = partner.revocation();
    changedAt = partner.changedAt();
  }

  Partner partner() {
    return new Partner(
        new OrganizationId(organization),
        Partner.State.valueOf(state),
        sandboxProfile,
        List.of(profiles),
        request,
        proposal,
        revocation,
        changedAt);
  }
}
