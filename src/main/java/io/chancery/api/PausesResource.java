package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.enrolment.Pause;
import io.chancery.enrolment.Pauses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Clients that asked again and again and were stopped. */
@Path("/v1/pauses")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PausesResource {
  private final Pauses pauses;
  private final Callers callers;

  @Inject
  PausesResource(Pauses pauses, Callers callers) {
    this.pauses = pauses;
    this.callers = callers;
  }

  /**
   * A paused client.
   *
   * @param names none where the whole profile is paused for the organization
   * @param asked how often it had asked
   */
  public record PauseView(
      String id,
      String organization,
      String profile,
      List<String> names,
      int asked,
      Instant since) {
    static PauseView of(Pause pause) {
      return new PauseView(
          pause.id().toString(),
          pause.organization().value(),
          pause.profile(),
          pause.names(),
          pause.asked(),
          pause.since());
    }
  }

  /** A list of pauses. */
  public record PausesView(List<PauseView> items) {}

  @GET
  @Allow(
      value = {OPERATOR, AUDITOR, ADMIN},
      forAll = true)
  public PausesView all() {
    return new PausesView(pauses.all().stream().map(PauseView::of).toList());
  }

  /** Lets the client go on. */
  @DELETE
  @Path("/{id}")
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public Response lift(@PathParam("id") String id) {
    pauses.lift(callers.current(), parsed(id));
    return Response.noContent().build();
  }

  private static UUID parsed(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException none) {
      throw new Failure.NotFound("pause", Quoted.of(id)).because(none);
    }
  }
}
