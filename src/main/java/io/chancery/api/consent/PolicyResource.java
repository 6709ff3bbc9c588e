package io.chancery.api.consent;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;

import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.approval.Approvals;
import io.chancery.approval.Policies;
import io.chancery.approval.Policy;
import io.chancery.approval.Proposal;
import io.chancery.approval.Rule;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which deeds take how many persons. */
@Path("/v1/approval-policy")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PolicyResource {
  private final Policy policy;
  private final Policies policies;
  private final Approvals approvals;
  private final Callers callers;

  @Inject
  PolicyResource(Policy policy, Policies policies, Approvals approvals, Callers callers) {
    this.policy = policy;
    this.policies = policies;
    this.approvals = approvals;
    this.callers = callers;
  }

  /** What a deed takes, in the words of the policy's text. */
  public record RuleView(String approvals, String within, String approvers) {
    static RuleView of(Rule rule) {
      return new RuleView(
          String.valueOf(rule.approvals()),
          rule.within().toString(),
          String.join(" ", new TreeSet<>(rule.approvers())));
    }
  }

  @GET
  @Allow(
      value = {APPROVER, OPERATOR, AUDITOR, ADMIN},
      forAll = true)
  public Map<String, RuleView> now() {
    Map<String, RuleView> rules = new TreeMap<>();
    policy.current().forEach((deed, rule) -> rules.put(deed.name(), RuleView.of(rule)));
    return rules;
  }

  /** Proposes another one; it is decided under the one in force. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {ADMIN},
      forAll = true)
  public Response propose(byte[] text, @QueryParam("comment") @Nullable String comment) {
    Proposal proposal = policies.propose(callers.current(), text, Words.comment(comment));
    return Response.accepted(
            ProposalView.whole(
                proposal, approvals.warrant(proposal), approvals.personOf(callers.current())))
        .location(URI.create("/v1/approvals/" + proposal.id()))
        .build();
  }
}
