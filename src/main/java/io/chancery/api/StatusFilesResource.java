package io.chancery.api;

import io.chancery.issuance.Issuers;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What validators fetch over plain http beside CRLs: issuer certificates, the trust bundle. */
@Path("/")
@RunOnVirtualThread
public class StatusFilesResource {
  private final Issuers issuers;

  @Inject
  StatusFilesResource(Issuers issuers) {
    this.issuers = issuers;
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
}
