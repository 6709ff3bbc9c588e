package io.chancery.api.consent;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import io.chancery.Caller;
import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.approval.Approvals;
import io.chancery.approval.Endorsements;
import io.chancery.approval.Glass;
import io.chancery.approval.Proposal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for a second person, and what that person says. */
@Path("/v1/approvals")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ApprovalsResource {
  private static final int MOST = 200;

  private final Approvals approvals;
  private final Endorsements endorsements;
  private final Glass glass;
  private final Callers callers;
  private final Words words;

  @Inject
  ApprovalsResource(
      Approvals approvals, Endorsements endorsements, Glass glass, Callers callers, Words words) {
    this.approvals = approvals;
    this.endorsements = endorsements;
    this.glass = glass;
    this.callers = callers;
    this.words = words;
  }

  /**
   * A signature.
   *
   * @param jws RFC 7515 with detached content (appendix F), over the statement
   * @param comment as it stands in the statement
   */
  public record SignedAsk(@Nullable String jws, @Nullable String comment) {}

  /** The same for the glass, whose comment is the reason. */
  public record AloneAsk(@Nullable String jws, @Nullable String reason) {}

  /** A word that is not signed. */
  public record CommentAsk(@Nullable String comment) {}

  /** A list of proposals. */
  public record ProposalsView(List<ProposalView> items) {}

  /** The newest first, of what the caller may see; {@code state=open} for those undecided. */
  @GET
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public ProposalsView all(@QueryParam("state") @Nullable String state) {
    return new ProposalsView(
        approvals.list(callers.current(), "open".equals(state), MOST).stream()
            .map(ProposalView::listed)
            .toList());
  }

  @GET
  @Path("/{id}")
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public ProposalView one(@PathParam("id") String id) {
    return whole(approvals.visible(callers.current(), Words.id(id)));
  }

  /** The proposer takes it back. */
  @DELETE
  @Path("/{id}")
  @Allow({SERVICE, REQUESTER, OPERATOR, ADMIN})
  public ProposalView withdraw(@PathParam("id") String id) {
    return whole(approvals.withdraw(callers.current(), Words.id(id), ""));
  }

  /** A person's approval; the last one that is needed also has it done. */
  @POST
  @Path("/{id}/endorsements")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({APPROVER})
  public ProposalView approve(@PathParam("id") String id, @Nullable SignedAsk ask) {
    return whole(
        endorsements.approve(
            Words.id(id),
            words.signed(ask == null ? null : ask.jws(), ask == null ? null : ask.comment())));
  }

  /** It shall not be done. */
  @POST
  @Path("/{id}/rejections")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({APPROVER})
  public ProposalView reject(@PathParam("id") String id, @Nullable CommentAsk ask) {
    return whole(
        approvals.reject(
            callers.current(), Words.id(id), Words.comment(ask == null ? null : ask.comment())));
  }

  /** It shall be done now, on this person's word alone; everyone is told. */
  @POST
  @Path("/{id}/break-glass")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({OPERATOR, ADMIN})
  public ProposalView breakGlass(@PathParam("id") String id, @Nullable AloneAsk ask) {
    return whole(
        glass.breakFor(
            Words.id(id),
            words.signed(
                ask == null ? null : ask.jws(),
                Words.present("reason", ask == null ? null : ask.reason()))));
  }

  private ProposalView whole(Proposal proposal) {
    Caller caller = callers.current();
    return ProposalView.whole(proposal, approvals.warrant(proposal), approvals.personOf(caller));
  }
}
