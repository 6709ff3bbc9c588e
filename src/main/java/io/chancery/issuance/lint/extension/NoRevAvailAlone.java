package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;

/** Who says that there is no revocation does not say where to ask for it. */
final class NoRevAvailAlone extends Lint {

  NoRevAvailAlone() {
    super("no-rev-avail-alone", "RFC 9608 s3");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    if (!it.has(Extension.noRevAvail)) {
      return Optional.empty();
    }
    // RFC 9608 s3: with noRevAvail, neither cRLDistributionPoints nor freshestCRL...
    if (it.has(Extension.cRLDistributionPoints) || it.has(Extension.freshestCRL)) {
      return Optional.of("a CRL address beside noRevAvail");
    }
    boolean ocsp =
        it
            .value(Extension.authorityInfoAccess)
            .map(AuthorityInformationAccess::getInstance)
            .map(AuthorityInformationAccess::getAccessDescriptions)
            .stream()
            .flatMap(Stream::of)
            .anyMatch(access -> access.getAccessMethod().equals(AccessDescription.id_ad_ocsp));
    // ... nor an OCSP responder in authorityInfoAccess.
    return ocsp ? Optional.of("an OCSP address beside noRevAvail") : Optional.empty();
  }
}
