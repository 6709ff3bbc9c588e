package io.chancery.api.consent;

import static io.chancery.Role.ADMIN;

import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.approval.Approvals;
import io.chancery.approval.Proposal;
import io.chancery.enrolment.NewIssuers;
import io.chancery.x509.IssuerName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An issuer, to be approved with the certificate that this process has for it. */
@Path("/v1/issuers/{name}/proposal")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class IssuerResource {
  private final NewIssuers newIssuers;
  private final Approvals approvals;
  private final Callers callers;

  @Inject
  IssuerResource(NewIssuers newIssuers, Approvals approvals, Callers callers) {
    this.newIssuers = newIssuers;
    this.approvals = approvals;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {ADMIN},
      forAll = true)
  public Response propose(
      @PathParam("name") String name, ApprovalsResource.@Nullable CommentAsk ask) {
    Proposal proposal =
        newIssuers.propose(
            callers.current(),
            new IssuerName(name),
            Words.comment(ask == null ? null : ask.comment()));
    return Response.accepted(
            ProposalView.whole(
                proposal, approvals.warrant(proposal), approvals.personOf(callers.current())))
        .location(URI.create("/v1/approvals/" + proposal.id()))
        .build();
  }
}
