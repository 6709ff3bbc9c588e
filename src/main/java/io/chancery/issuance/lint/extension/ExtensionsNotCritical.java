package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;

/** The extensions that must not be critical are not. */
final class ExtensionsNotCritical extends Lint {

  /** The extensions that this rule is about. */
  static final Set<ASN1ObjectIdentifier> RULED =
      Set.of(
          // RFC 5280 s4.2.1.1 and s4.2.1.2: conforming CAs MUST mark these as non-critical.
          Extension.authorityKeyIdentifier,
          Extension.subjectKeyIdentifier,
          // RFC 5280 s4.2.1.13: SHOULD be non-critical. s4.2.1.15 and s4.2.2.1: MUST.
          Extension.cRLDistributionPoints,
          Extension.freshestCRL,
          Extension.authorityInfoAccess,
          // RFC 9608 s2: MUST NOT be critical. RFC 6960 s4.2.2.2.1: SHOULD be non-critical.
          Extension.noRevAvail,
          OCSPObjectIdentifiers.id_pkix_ocsp_nocheck);

  ExtensionsNotCritical() {
    super(
        "extensions-not-critical", "RFC 5280 s4.2.1.1, s4.2.1.2, s4.2.1.13, s4.2.2.1, RFC 9608 s2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    return it.extensions().stream()
        .filter(one -> one.isCritical() && RULED.contains(one.getExtnId()))
        .findFirst()
        .map(one -> "critical " + one.getExtnId());
  }
}
