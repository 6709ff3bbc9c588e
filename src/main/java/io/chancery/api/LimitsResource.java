package io.chancery.api;

import static io.chancery.Role.ADMIN;
import static io.chancery.Role.APPROVER;
import static io.chancery.Role.AUDITOR;
import static io.chancery.Role.OPERATOR;
import static io.chancery.Role.REQUESTER;
import static io.chancery.Role.SERVICE;

import io.chancery.Failure;
import io.chancery.OrganizationId;
import io.chancery.access.Limit;
import io.chancery.access.Limits;
import io.chancery.access.Organizations;
import io.chancery.profile.ProfileName;
import io.chancery.profile.Profiles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How much an organization may ask of a profile. */
@Path("/v1/organizations/{organization}/limits/{profile}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LimitsResource {
  private final Limits limits;
  private final Organizations organizations;
  private final Profiles profiles;
  private final Callers callers;

  @Inject
  LimitsResource(Limits limits, Organizations organizations, Profiles profiles, Callers callers) {
    this.limits = limits;
    this.organizations = organizations;
    this.profiles = profiles;
    this.callers = callers;
  }

  /**
   * The JSON that sets a limit.
   *
   * @param perMinute requests a minute by each replica; 0 means nothing
   * @param inForce certificates in force at any one time; left out for any number
   */
  public record LimitAsk(@Nullable Integer perMinute, @Nullable Integer inForce) {}

  /** A limit; {@code source} is {@code configuration} or {@code operator}. */
  public record LimitView(
      String organization,
      String profile,
      int perMinute,
      @Nullable Integer inForce,
      String source) {
    static LimitView of(Limit limit) {
      return new LimitView(
          limit.organization().value(),
          limit.profile(),
          limit.perMinute(),
          limit.inForce().isPresent() ? limit.inForce().getAsInt() : null,
          limit.source().name().toLowerCase(Locale.ROOT));
    }
  }

  @GET
  @Allow({SERVICE, REQUESTER, APPROVER, OPERATOR, AUDITOR, ADMIN})
  public LimitView one(
      @PathParam("organization") String organization, @PathParam("profile") String profile) {
    return LimitView.of(limits.of(readable(organization), known(profile)));
  }

  /** Says another limit than the configuration does; every replica keeps it within seconds. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public LimitView set(
      @PathParam("organization") String organization,
      @PathParam("profile") String profile,
      @Nullable LimitAsk ask) {
    Integer perMinute = ask == null ? null : ask.perMinute();
    if (perMinute == null) {
      throw new Failure.Malformed("perMinute", "", "is missing", "Chancery API").thrown();
    }
    return LimitView.of(
        limits.set(
            callers.current(),
            readable(organization),
            known(profile),
            perMinute,
            ask == null || ask.inForce() == null
                ? OptionalInt.empty()
                : OptionalInt.of(ask.inForce())));
  }

  /** The configuration's limit holds again. */
  @DELETE
  @Allow(
      value = {OPERATOR, ADMIN},
      forAll = true)
  public Response clear(
      @PathParam("organization") String organization, @PathParam("profile") String profile) {
    limits.clear(callers.current(), readable(organization), known(profile));
    return Response.noContent().build();
  }

  private OrganizationId readable(String organization) {
    return organizations
        .find(new OrganizationId(organization))
        .map(found -> found.id())
        .filter(callers.current()::mayRead)
        .orElseThrow(() -> new Failure.NotFound("organization", organization).thrown());
  }

  private String known(String profile) {
    return profiles.named(new ProfileName(profile)).name().value();
  }
}
