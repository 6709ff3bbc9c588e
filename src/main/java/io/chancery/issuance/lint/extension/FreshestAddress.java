package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Authority;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.net.URI;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The freshest CRL, where one is named, is the issuer's delta CRL. */
final class FreshestAddress extends Lint {
  FreshestAddress() {
    super("freshest-address", "RFC 5280 s4.2.1.15");
  }

  @Override
  protected Optional<String> breach(Specimen it) {
    Optional<ASN1Encodable> freshest = it.value(Extension.freshestCRL);
    if (freshest.isEmpty()) {
      return Optional.empty();
    }
    boolean right =
        it.authority()
            .addresses()
            .map(Authority.Addresses::delta)
            .filter(delta -> isJust(freshest.get(), delta))
            .isPresent();
    return right ? Optional.empty() : Optional.of("not the issuer's delta CRL");
  }

  private static boolean isJust(ASN1Encodable value, URI address) {
    DistributionPoint[] points = CRLDistPoint.getInstance(value).getDistributionPoints();
    if (points.length != 1 || points[0].getReasons() != null || points[0].getCRLIssuer() != null) {
      return false;
    }
    DistributionPointName name = points[0].getDistributionPoint();
    if (name == null || name.getType() != DistributionPointName.FULL_NAME) {
      return false;
    }
    GeneralName[] names = GeneralNames.getInstance(name.getName()).getNames();
    return names.length == 1
        && names[0].equals(
            new GeneralName(GeneralName.uniformResourceIdentifier, address.toString()));
  }
}
