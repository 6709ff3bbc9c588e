package io.chancery.api;

import io.chancery.Failure;
import io.chancery.filter.Filters;
import io.chancery.filter.PublishedFilter;
import io.chancery.issuance.Issuers;
import io.chancery.x509.IssuerName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/** The compact filter, for validators that decide locally. */
@Path("/filter")
@RunOnVirtualThread
public class FilterResource {
  private static final Duration RECHECK = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Filters filters;
  private final Issuers issuers;
  private final InstantSource clock;

  @Inject
  FilterResource(Filters filters, Issuers issuers, InstantSource clock) {
    this.filters = filters;
    this.issuers = issuers;
    this.clock = clock;
  }

  /** The newest filter of an issuer. Never one past its nextUpdate. */
  @GET
  @Path("/{issuer}.filter")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Public
  public Response filter(@PathParam("issuer") String issuer, @Context Request request) {
    IssuerName name = issuers.named(new IssuerName(issuer)).name();
    Instant now = clock.instant();
    PublishedFilter filter = inForce(name, now);
    EntityTag tag = new EntityTag(filter.thumbprint().hex());
    Date modified = Date.from(filter.thisUpdate());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(modified, tag);
    Response.ResponseBuilder answer = unchanged == null ? Response.ok(filter.file()) : unchanged;
    return answer
        .tag(tag)
        .lastModified(modified)
        .expires(Date.from(filter.nextUpdate()))
        .header("Cache-Control", "public, max-age=" + age(now, filter.nextUpdate()))
        .build();
  }

  private PublishedFilter inForce(IssuerName issuer, Instant now) {
    if (!filters.areMade()) {
      throw new Failure.NotFound("filter", issuer.value()).thrown();
    }
    return filters
        .current(issuer)
        .filter(published -> now.isBefore(published.nextUpdate()))
        .orElseThrow(
            () -> new Failure.Unavailable("filter", "none is in force yet", SOON).thrown());
  }

  private static long age(Instant now, Instant nextUpdate) {
    Duration left = Duration.between(now, nextUpdate);
    return Math.max(0, (left.compareTo(RECHECK) < 0 ? left : RECHECK).toSeconds());
  }
}
