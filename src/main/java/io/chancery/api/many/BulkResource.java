package io.chancery.api.many;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.api.Allow;
import io.chancery.api.Callers;
import io.chancery.api.OneLine;
import io.chancery.inventory.mass.MassRevocation;
import io.chancery.revocation.bulk.Bulk;
import io.chancery.revocation.bulk.BulkRevocations;
import io.chancery.x509.Thumbprint;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Many certificates at once: look, list, have it approved, see what came of it. */
@Path("/v1/revocations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BulkResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int LARGEST_LIMIT = 1_000;
  private static final int LONGEST_CURSOR = 40;

  private final BulkRevocations bulks;
  private final Callers callers;

  @Inject
  BulkResource(BulkRevocations bulks, Callers callers) {
    this.bulks = bulks;
    this.callers = callers;
  }

  /**
   * The JSON that asks who would be hit.
   *
   * @param cursor {@code next} of the page before
   */
  public record PreviewAsk(
      @Nullable SelectionAsk selection, @Nullable String cursor, @Nullable Integer limit) {}

  /** Lists, the newest first. */
  public record ListsView(List<BulkView> items) {}

  /** What was not revoked, and why; {@code next} is the cursor of the page behind it. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record LeftView(List<MassRevocation.Left> items, Optional<String> next) {}

  /** What a drill did and took back. */
  public record DrillView(
      int size,
      int wouldRevoke,
      int withSuccessor,
      String fingerprint,
      int selectMillis,
      int listMillis,
      int stepMillis) {}

  /** Who would be hit now; changes nothing. */
  @POST
  @Path("preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({OPERATOR, ADMIN})
  public PreviewView preview(@Nullable PreviewAsk ask) {
    return PreviewView.of(
        bulks.preview(
            callers.current(),
            SelectionAsk.selection(ask == null ? null : ask.selection()),
            cursor(ask == null ? null : ask.cursor()),
            limit(ask == null ? null : ask.limit())));
  }

  /** Makes the exact list and asks for its approval; nothing is revoked before. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({OPERATOR, ADMIN})
  public Response list(@Nullable ListAsk sent) {
    ListAsk ask = ListAsk.present(sent);
    Bulk bulk =
        bulks.list(
            callers.current(),
            SelectionAsk.selection(ask.selection()),
            ask.plan(),
            Optional.ofNullable(ask.fingerprint()).map(Thumbprint::parse),
            OneLine.of("comment", ask.comment() == null ? "" : ask.comment()));
    return Response.accepted(BulkView.ReportView.of(bulks.report(callers.current(), bulk.id())))
        .location(URI.create("/v1/revocations/" + bulk.id()))
        .build();
  }

  /** Everything but the approval, in a transaction that is taken back. */
  @POST
  @Path("drill")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({OPERATOR, ADMIN})
  public DrillView drill(@Nullable ListAsk sent) {
    ListAsk ask = ListAsk.present(sent);
    BulkRevocations.Drill drill =
        bulks.drill(callers.current(), SelectionAsk.selection(ask.selection()), ask.plan());
    return new DrillView(
        drill.size(),
        drill.revoked(),
        drill.withSuccessor(),
        drill.fingerprint().hex(),
        drill.selectMillis(),
        drill.listMillis(),
        drill.stepMillis());
  }

  @GET
  @Allow({APPROVER, OPERATOR, AUDITOR, ADMIN})
  public ListsView all() {
    return new ListsView(bulks.all(callers.current()).stream().map(BulkView::of).toList());
  }

  @GET
  @Path("{id}")
  @Allow({APPROVER, OPERATOR, AUDITOR, ADMIN})
  public BulkView.ReportView one(@PathParam("id") String id) {
    return BulkView.ReportView.of(bulks.report(callers.current(), uuid(id)));
  }

  /** The exact octets that people approve. */
  @GET
  @Path("{id}/list")
  @Produces(MediaType.TEXT_PLAIN)
  @Allow({APPROVER, OPERATOR, AUDITOR, ADMIN})
  public String text(@PathParam("id") String id) {
    return bulks.text(callers.current(), uuid(id));
  }

  /** What was not revoked, and why. */
  @GET
  @Path("{id}/left")
  @Allow({APPROVER, OPERATOR, AUDITOR, ADMIN})
  public LeftView left(@PathParam("id") String id, @QueryParam("cursor") @Nullable String cursor) {
    List<MassRevocation.Left> found =
        bulks.left(callers.current(), uuid(id), cursor(cursor), LARGEST_LIMIT + 1);
    List<MassRevocation.Left> page = found.subList(0, Math.min(LARGEST_LIMIT, found.size()));
    return new LeftView(
        page,
        found.size() > LARGEST_LIMIT ? Optional.of(page.getLast().serial()) : Optional.empty());
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException none) {
      throw new Failure.NotFound("bulk revocation", Quoted.of(text)).because(none);
    }
  }

  /** A serial, so it says nothing that the page did not. */
  private static String cursor(@Nullable String text) {
    String cursor = text == null ? "" : text;
    if (cursor.length() > LONGEST_CURSOR
        || !cursor.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)) {
      throw new Failure.Malformed(
              "cursor", "", Quoted.of(cursor) + " was not handed out here", "Chancery API")
          .thrown();
    }
    return cursor;
  }

  private static int limit(@Nullable Integer limit) {
    int wanted = limit == null ? DEFAULT_LIMIT : limit;
    if (wanted < 1 || wanted > LARGEST_LIMIT) {
      throw new Failure.Malformed("limit", "", "must be 1 to " + LARGEST_LIMIT, "Chancery API")
          .thrown();
    }
    return wanted;
  }
}
