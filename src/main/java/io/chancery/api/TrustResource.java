package io.chancery.api;

import io.chancery.issuance.Issuers;
import io.chancery.x509.IssuedCertificate;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;

/** What peers have to trust. */
@Path("/v1/trust")
@Produces(MediaType.APPLICATION_JSON)
public class TrustResource {
  private final Issuers issuers;

  @Inject
  TrustResource(Issuers issuers) {
    this.issuers = issuers;
  }

  /**
   * The trust document.
   *
   * @param roots PEM, and their pins: SHA-256 of the SubjectPublicKeyInfo, in hex
   * @param issuers PEM of the issuing certificates, for servers that send no chain
   */
  public record TrustView(List<AnchorView> roots, List<AnchorView> issuers) {}

  /** One certificate of it. */
  public record AnchorView(String subject, String sha256, String pin, String certificate) {
    static AnchorView of(IssuedCertificate certificate) {
      return new AnchorView(
          certificate.subject(),
          certificate.thumbprint().hex(),
          certificate.key().thumbprint().hex(),
          certificate.pem());
    }
  }

  @GET
  @Public
  public TrustView trust() {
    List<IssuedCertificate> all =
        issuers.all().stream()
            .flatMap(
                issuer -> Stream.concat(Stream.of(issuer.certificate()), issuer.chain().stream()))
            .distinct()
            .toList();
    return new TrustView(
        all.stream().filter(TrustResource::isRoot).map(AnchorView::of).toList(),
        all.stream().filter(one -> !isRoot(one)).map(AnchorView::of).toList());
  }

  private static boolean isRoot(IssuedCertificate certificate) {
    return certificate.subject().equals(certificate.issuer());
  }
}
