package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.access.Organization;
import io.chancery.access.Organizations;
import io.chancery.profile.NamePattern;
import io.chancery.profile.Profiles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The owners of certificates: teams inside, partners outside. */
@Path("/v1/organizations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OrganizationsResource {
  private final Organizations organizations;
  private final Profiles profiles;
  private final Callers callers;
  private final InstantSource clock;

  @Inject
  OrganizationsResource(
      Organizations organizations, Profiles profiles, Callers callers, InstantSource clock) {
    this.organizations = organizations;
    this.profiles = profiles;
    this.callers = callers;
    this.clock = clock;
  }

  /**
   * An organization as JSON.
   *
   * @param id lower-case letters, digits, inner hyphens
   * @param profiles which it may use; left out: every profile for organizations
   * @param names patterns of names it may hold, such as {@code dns:partner.example}
   */
  public record OrganizationView(
      @Nullable String id,
      @Nullable String displayName,
      @Nullable String contact,
      @Nullable List<@Nullable String> profiles,
      @Nullable List<@Nullable String> names,
      @Nullable Boolean suspended) {
    static OrganizationView of(Organization organization) {
      return new OrganizationView(
          organization.id().value(),
          organization.displayName(),
          organization.contact(),
          organization.profiles(),
          organization.names(),
          organization.suspendedAt().isPresent());
    }
  }

  /** A list of organizations. */
  public record OrganizationsView(List<OrganizationView> items) {}

  @GET
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public OrganizationsView all() {
    return new OrganizationsView(
        organizations.visibleTo(callers.current()).stream().map(OrganizationView::of).toList());
  }

  @GET
  @Path("/{id}")
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public OrganizationView one(@PathParam("id") String id) {
    return OrganizationView.of(readable(new OrganizationId(id)));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public Response create(@Nullable OrganizationView asked) {
    String id = CertificateAsk.present("id", asked == null ? null : asked.id());
    Organization made =
        organizations.create(callers.current(), parsed(new OrganizationId(id), asked));
    return Response.created(URI.create("/v1/organizations/" + made.id()))
        .entity(OrganizationView.of(made))
        .build();
  }

  /** Replaces what it may hold, its contact, and whether it is suspended. */
  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public OrganizationView change(@PathParam("id") String id, @Nullable OrganizationView asked) {
    Organization before = readable(new OrganizationId(id));
    if (before.id().equals(OrganizationId.AUTHORITY)) {
      throw new Failure.Forbidden("changing the authority's own organization", "a new start")
          .thrown();
    }
    Organization next = parsed(before.id(), asked);
    // Suspending again does not move the time at which it began.
    Optional<Instant> suspendedAt = next.suspendedAt().map(now -> before.suspendedAt().orElse(now));
    return OrganizationView.of(
        organizations.change(callers.current(), next.suspended(suspendedAt)));
  }

  private Organization readable(OrganizationId id) {
    Caller caller = callers.current();
    return organizations
        .find(id)
        .filter(found -> caller.mayRead(found.id()))
        .orElseThrow(() -> new Failure.NotFound("organization", id.value()).thrown());
  }

  private Organization parsed(OrganizationId id, @Nullable OrganizationView asked) {
    if (asked == null) {
      throw new Failure.Malformed("body", "", "is empty", "Chancery API").thrown();
    }
    List<String> names = OneLine.all("names", asked.names());
    List<String> profileNames = OneLine.all("profiles", asked.profiles());
    profileNames.forEach(name -> ForOrganizations.mustBe(profiles, name));
    return new Organization(
        id,
        OneLine.of("displayName", asked.displayName() == null ? id.value() : asked.displayName()),
        OneLine.of("contact", asked.contact() == null ? "" : asked.contact()),
        profileNames,
        names.stream().map(NamePattern::new).map(NamePattern::text).toList(),
        Boolean.TRUE.equals(asked.suspended()) ? Optional.of(clock.instant()) : Optional.empty());
  }
}
