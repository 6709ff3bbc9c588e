package io.chancery.x509;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Where a certificate says that its CRL is. */
final class DistributionPoints {
  private DistributionPoints() {}

  static List<String> addresses(Optional<Extension> extension) {
    try {
      return extension
          .map(points -> CRLDistPoint.getInstance(points.getParsedValue()))
          .map(points -> Arrays.stream(points.getDistributionPoints()))
          .orElse(Stream.empty())
          .map(DistributionPoint::getDistributionPoint)
          .filter(Objects::nonNull)
          .filter(name -> name.getType() == DistributionPointName.FULL_NAME)
          .flatMap(name -> Arrays.stream(GeneralNames.getInstance(name.getName()).getNames()))
          .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
          .map(name -> name.getName().toString())
          .toList();
    } catch (RuntimeException unreadable) {
      return List.of();
    }
  }
}
