package io.chancery.scenario;

import io.chancery.Caller;
import io.chancery.Role;
import io.chancery.access.Access;
import io.chancery.access.Credential;
import io.chancery.approval.Approvals;
import io.chancery.approval.Endorsements;
import io.chancery.approval.Proposal;
import io.chancery.testing.Tenant;
import io.chancery.warrant.DetachedJws;
import io.chancery.warrant.Statement;
import io.chancery.warrant.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** Somebody who approves what others propose, with a signature of their own. */
@ApplicationScoped
class SecondPerson {
  @Inject Tenant tenants;
  @Inject Access access;
  @Inject Approvals approvals;
  @Inject Endorsements endorsements;

  /** What one approver would send. */
  record Signed(Caller caller, String jws, Proposal proposal) {}

  Proposal approve(String proposal) {
    Tenant.Holder holder = tenants.person(Role.APPROVER);
    Signed signed = sign(holder, proposal);
    return endorsements.approve(
        UUID.fromString(proposal),
        new Endorsements.Word(signed.caller(), holder.certificate().der(), signed.jws(), "agreed"));
  }

  Signed sign(String proposal) {
    return sign(tenants.person(Role.APPROVER), proposal);
  }

  private Signed sign(Tenant.Holder holder, String id) {
    Caller caller =
        access.authenticate(new Credential.ClientCertificate(holder.certificate().der()));
    Proposal proposal = approvals.visible(caller, UUID.fromString(id));
    byte[] octets =
        new Statement(proposal.terms(), Verdict.APPROVE, approvals.personOf(caller), "agreed")
            .octets();
    return new Signed(
        caller,
        DetachedJws.sign(holder.pair().getPrivate(), holder.certificate(), octets, Instant.now()),
        proposal);
  }
}
