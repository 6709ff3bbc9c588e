package io.chancery.api.consent;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.Caller;
import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.approval.Approvals;
import io.chancery.approval.Halts;
import io.chancery.approval.Proposal;
import io.chancery.approval.Standstill;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The switch that halts the signing of certificates. */
@Path("/v1/signing")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SigningResource {
  private final Halts halts;
  private final Approvals approvals;
  private final Callers callers;

  @Inject
  SigningResource(Halts halts, Approvals approvals, Callers callers) {
    this.halts = halts;
    this.approvals = approvals;
    this.callers = callers;
  }

  /** Why. */
  public record HaltAsk(@Nullable String reason) {}

  /** Whether certificates are signed; who halted it and why, for those who act for all. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record SigningView(
      String state, Optional<Instant> since, Optional<String> by, Optional<String> reason) {
    static SigningView of(Optional<Standstill> halt, Caller reader) {
      return new SigningView(
          halt.isPresent() ? "halted" : "on",
          halt.map(Standstill::at),
          halt.filter(one -> reader.readsAll()).map(Standstill::by),
          halt.filter(one -> reader.readsAll()).map(Standstill::reason));
    }
  }

  @GET
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public SigningView state() {
    return SigningView.of(halts.current(), callers.current());
  }

  /** Stops it on every replica, on one person's word. */
  @POST
  @Path("/halt")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public SigningView halt(@Nullable HaltAsk ask) {
    String reason = Words.comment(Words.present("reason", ask == null ? null : ask.reason()));
    return SigningView.of(Optional.of(halts.halt(callers.current(), reason)), callers.current());
  }

  /** Proposes that it goes on; two other persons must sign that. */
  @POST
  @Path("/resumption")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public Response resume(ApprovalsResource.@Nullable CommentAsk ask) {
    Proposal proposal =
        halts.proposeResumption(
            callers.current(), Words.comment(ask == null ? null : ask.comment()));
    return Response.accepted(
            ProposalView.whole(
                proposal, approvals.warrant(proposal), approvals.personOf(callers.current())))
        .location(URI.create("/v1/approvals/" + proposal.id()))
        .build();
  }
}
