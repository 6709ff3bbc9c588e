package io.chancery.api;

import io.chancery.Failure;
import io.chancery.issuance.Issuers;
import io.chancery.revocation.Crls;
import io.chancery.revocation.PublishedCrl;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What validators fetch over plain http: CRLs, issuer certificates, the trust bundle. */
@Path("/")
@RunOnVirtualThread
public class StatusFilesResource {
  private static final Duration RECHECK = Duration.ofSeconds(30);

  private final Crls crls;
  private final Issuers issuers;
  private final InstantSource clock;

  @Inject
  StatusFilesResource(Crls crls, Issuers issuers, InstantSource clock) {
    this.crls = crls;
    this.issuers = issuers;
    this.clock = clock;
  }

  /** The newest full CRL (RFC 5280 s4.2.1.13: DER over http). Never one past its nextUpdate. */
  @GET
  @Path("/crl/{issuer}.crl")
  @Produces("application/pkix-crl")
  @Public
  public Response crl(@PathParam("issuer") String issuer, @Context Request request) {
    IssuerName name = issuers.named(new IssuerName(issuer)).name();
    Instant now = clock.instant();
    PublishedCrl crl =
        crls.current(name)
            .filter(published -> now.isBefore(published.nextUpdate()))
            .orElseThrow(
                () ->
                    new Failure.Unavailable("CRL", "none is in force yet", Duration.ofSeconds(2))
                        .thrown());
    EntityTag tag = new EntityTag(crl.der().thumbprint().hex());
    Date modified = Date.from(crl.thisUpdate());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(modified, tag);
    Response.ResponseBuilder answer =
        unchanged == null ? Response.ok(crl.der().octets()) : unchanged;
    return answer
        .tag(tag)
        .lastModified(modified)
        .expires(Date.from(crl.nextUpdate()))
        .header("Cache-Control", "public, max-age=" + age(now, crl.nextUpdate()))
        .build();
  }

  /** An issuer's certificate, where AIA points (RFC 5280 s4.2.2.1: a single DER certificate). */
  @GET
  @Path("/issuers/{issuer}.cer")
  @Produces("application/pkix-cert")
  @Public
  public byte[] issuer(@PathParam("issuer") String issuer) {
    return issuers.named(new IssuerName(issuer)).certificate().der().octets();
  }

  /** Every issuer with its chain, as PEM. */
  @GET
  @Path("/trust/bundle.pem")
  @Produces("application/x-pem-file")
  @Public
  public String bundle() {
    return issuers.all().stream()
        .flatMap(issuer -> Stream.concat(Stream.of(issuer.certificate()), issuer.chain().stream()))
        .map(IssuedCertificate::pem)
        .distinct()
        .collect(Collectors.joining());
  }

  private static long age(Instant now, Instant nextUpdate) {
    Duration left = Duration.between(now, nextUpdate);
    return Math.max(0, (left.compareTo(RECHECK) < 0 ? left : RECHECK).toSeconds());
  }
}
