package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.Quoted;
import io.chancery.inventory.Deliveries;
import io.chancery.inventory.Query;
import io.chancery.inventory.Unfinished;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serials that did not become a certificate in a client's hands. */
@Path("/v1/reservations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ReservationsResource {
  private static final int PAGE = 100;

  private final Deliveries deliveries;
  private final Callers callers;

  @Inject
  ReservationsResource(Deliveries deliveries, Callers callers) {
    this.deliveries = deliveries;
    this.callers = callers;
  }

  /**
   * A reservation, or a certificate that was signed and may not have arrived.
   *
   * @param state {@code open}, {@code abandoned} or {@code undelivered}
   */
  public record ReservationView(
      String state,
      String serial,
      String profile,
      String organization,
      String requester,
      Instant since,
      String why) {
    static ReservationView of(Unfinished one) {
      return new ReservationView(
          one.state().name().toLowerCase(Locale.ROOT),
          one.serial().hex(),
          one.profile(),
          one.organization().value(),
          one.requester(),
          one.since(),
          why(one));
    }

    private static String why(Unfinished one) {
      if (!one.why().isEmpty()) {
        return one.why();
      }
      return switch (one.state()) {
        case OPEN -> "waits for its signature; a retry or the tidy job completes it";
        case ABANDONED -> "given up";
        case UNDELIVERED -> "nobody confirmed that the answer went out";
      };
    }
  }

  /** A page of them; {@code next} is the cursor of the page behind it. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record ReservationsView(List<ReservationView> items, Optional<String> next) {}

  /** The newest first, of what the caller may read. */
  @GET
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public ReservationsView unfinished(
      @QueryParam("state") @Nullable String state, @QueryParam("cursor") @Nullable String cursor) {
    List<Unfinished> found =
        deliveries.list(
            Optional.ofNullable(state).map(ReservationsResource::state),
            visible(callers.current()),
            Optional.ofNullable(cursor).map(Query.Cursor::parse),
            PAGE);
    List<Unfinished> page = found.size() > PAGE ? found.subList(0, PAGE) : found;
    return new ReservationsView(
        page.stream().map(ReservationView::of).toList(),
        found.size() > PAGE ? Optional.of(page.getLast().cursor().text()) : Optional.empty());
  }

  private static Optional<OrganizationId> visible(Caller caller) {
    return caller.readsAll() ? Optional.empty() : Optional.of(caller.organization());
  }

  private static Unfinished.State state(String text) {
    return Arrays.stream(Unfinished.State.values())
        .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure.Malformed(
                        "query",
                        "state",
                        Quoted.of(text) + " is none of open, abandoned, undelivered",
                        "Chancery search")
                    .thrown());
  }
}
