package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Authority;
import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.net.URI;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The CRL distribution point is the http address of the issuer's whole CRL or of a shard. */
final class CdpAddress extends Lint {

  CdpAddress() {
    super("cdp-address", "RFC 5280 s4.2.1.13");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<ASN1Encodable> cdp = it.value(Extension.cRLDistributionPoints);
    if (cdp.isEmpty()) {
      boolean excused =
          it.has(Extension.noRevAvail) || it.has(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck);
      return excused ? Optional.empty() : Optional.of("missing");
    }
    DistributionPoint[] points = CRLDistPoint.getInstance(cdp.get()).getDistributionPoints();
    // RFC 5280 s4.2.1.13: a point without reasons and cRLIssuer, so that its CRL covers everything
    // and is signed by the certificate's issuer.
    if (points.length != 1 || points[0].getReasons() != null || points[0].getCRLIssuer() != null) {
      return Optional.of("not one whole CRL of the issuer");
    }
    DistributionPointName name = points[0].getDistributionPoint();
    if (name == null || name.getType() != DistributionPointName.FULL_NAME) {
      return Optional.of("no full name");
    }
    GeneralName[] names = GeneralNames.getInstance(name.getName()).getNames();
    // RFC 5280 s4.2.1.13: SHOULD include an HTTP URI; LDAP is not served here.
    String wanted =
        it.authority().addresses().map(Authority.Addresses::crl).map(URI::toString).orElse("");
    boolean right =
        names.length == 1
            && names[0].getTagNo() == GeneralName.uniformResourceIdentifier
            && it.authority()
                .addresses()
                .filter(addresses -> addresses.hasCrl(names[0].getName().toString()))
                .isPresent();
    if (!right || !wanted.startsWith("http://")) {
      return Optional.of("not the issuer's address " + wanted);
    }
    // RFC 5280 s5.2.4: a delta is combined with a complete CRL of the same scope.
    boolean whole = names[0].getName().toString().equals(wanted);
    return it.has(Extension.freshestCRL) && !whole
        ? Optional.of("a shard, beside the delta of the whole CRL")
        : Optional.empty();
  }
}
