package io.chancery.api.consent;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.api.Allow;
import io.chancery.approval.BrokenGlass;
import io.chancery.approval.Glass;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one person did alone, and the review of it. */
@Path("/v1/break-glass")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class GlassResource {
  private static final int MOST = 200;

  private final Glass glass;
  private final Words words;

  @Inject
  GlassResource(Glass glass, Words words) {
    this.glass = glass;
    this.words = words;
  }

  /** A use of the glass. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record GlassView(
      String proposal,
      String person,
      String reason,
      Instant at,
      Optional<String> reviewedBy,
      Optional<Instant> reviewedAt) {
    static GlassView of(BrokenGlass one) {
      return new GlassView(
          one.proposal().toString(),
          one.person(),
          one.reason(),
          one.at(),
          one.reviewedBy(),
          one.reviewedAt());
    }
  }

  /** A list of them. */
  public record GlassesView(List<GlassView> items) {}

  /** The newest first. */
  @GET
  @Allow(
      value = {APPROVER, OPERATOR, AUDITOR, ADMIN},
      forAll = true)
  public GlassesView all() {
    return new GlassesView(glass.newest(MOST).stream().map(GlassView::of).toList());
  }

  /** Another person has looked at it, and signs that. */
  @POST
  @Path("/{id}/review")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({APPROVER})
  public GlassView review(@PathParam("id") String id, ApprovalsResource.@Nullable SignedAsk ask) {
    return GlassView.of(
        glass.review(
            Words.id(id),
            words.signed(ask == null ? null : ask.jws(), ask == null ? null : ask.comment())));
  }
}
