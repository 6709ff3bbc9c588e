package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Authority;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.net.URI;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * authorityInfoAccess tells the issuer's own certificate and, where status is published, its OCSP
 * responder.
 */
final class AiaAddress extends Lint {

  AiaAddress() {
    super("aia-address", "RFC 5280 s4.2.2.1, RFC 6960 s3.1");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<AuthorityInformationAccess> aia =
        it.value(Extension.authorityInfoAccess).map(AuthorityInformationAccess::getInstance);
    Optional<Authority.Addresses> addresses = it.authority().addresses();
    if (aia.isEmpty() || addresses.isEmpty()) {
      return Optional.of("missing");
    }
    boolean issuerTold = false;
    boolean responderTold = false;
    for (AccessDescription access : aia.get().getAccessDescriptions()) {
      // RFC 5280 s4.2.2.1: the location of the issuer's certificate, DER over http.
      boolean issuer =
          tells(access, AccessDescription.id_ad_caIssuers, addresses.get().certificate());
      // RFC 6960 s3.1: the location of the responder.
      boolean responder = tells(access, AccessDescription.id_ad_ocsp, addresses.get().ocsp());
      if (!issuer && !responder) {
        return Optional.of("an access that is not the issuer's: " + access.getAccessMethod());
      }
      issuerTold |= issuer;
      responderTold |= responder;
    }
    boolean published = it.has(Extension.cRLDistributionPoints);
    if (!issuerTold || (published && !responderTold)) {
      return Optional.of(issuerTold ? "no OCSP responder" : "no certificate of the issuer");
    }
    return Optional.empty();
  }

  private static boolean tells(AccessDescription access, ASN1ObjectIdentifier method, URI address) {
    return access.getAccessMethod().equals(method)
        && address.toString().startsWith("http://")
        && access
            .getAccessLocation()
            .equals(new GeneralName(GeneralName.uniformResourceIdentifier, address.toString()));
  }
}
