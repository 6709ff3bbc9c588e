package io.chancery.api;

import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The issuing authorities: public, and all of it is in their certificates. */
@Path("/v1/issuers")
@Produces(MediaType.APPLICATION_JSON)
public class IssuersResource {
  private final Issuers issuers;

  @Inject
  IssuersResource(Issuers issuers) {
    this.issuers = issuers;
  }

  /** An issuer: {@code certificate} and {@code chain} (upwards, with the root) are PEM. */
  public record IssuerView(
      String name,
      String subject,
      String serial,
      String keyId,
      Instant notBefore,
      Instant notAfter,
      String certificate,
      String chain) {
    static IssuerView of(Issuer issuer) {
      IssuedCertificate certificate = issuer.certificate();
      return new IssuerView(
          issuer.name().value(),
          certificate.subject(),
          certificate.serial().hex(),
          issuer.keyId().hex(),
          certificate.validity().notBefore(),
          certificate.validity().notAfter(),
          certificate.pem(),
          issuer.chain().stream().map(IssuedCertificate::pem).collect(Collectors.joining()));
    }
  }

  /** A list of issuers. */
  public record IssuersView(List<IssuerView> items) {}

  @GET
  @Public
  public IssuersView all() {
    return new IssuersView(issuers.all().stream().map(IssuerView::of).toList());
  }

  @GET
  @Path("/{name}")
  @Public
  public IssuerView one(@PathParam("name") String name) {
    return IssuerView.of(issuers.named(new IssuerName(name)));
  }
}
