package io.chancery.api.consent;

import static io.chancery.Role.ADMIN;

import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.approval.Approvals;
import io.chancery.approval.Proposal;
import io.chancery.enrolment.ProfileTexts;
import io.chancery.profile.ProfileName;
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

/** The text of a profile, to be approved as it stands in the file. */
@Path("/v1/profiles/{name}/proposal")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProfileTextResource {
  private final ProfileTexts texts;
  private final Approvals approvals;
  private final Callers callers;

  @Inject
  ProfileTextResource(ProfileTexts texts, Approvals approvals, Callers callers) {
    this.texts = texts;
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
        texts.propose(
            callers.current(),
            new ProfileName(name),
            Words.comment(ask == null ? null : ask.comment()));
    return Response.accepted(
            ProposalView.whole(
                proposal, approvals.warrant(proposal), approvals.personOf(callers.current())))
        .location(URI.create("/v1/approvals/" + proposal.id()))
        .build();
  }
}
