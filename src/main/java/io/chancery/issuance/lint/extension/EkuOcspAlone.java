package io.chancery.issuance.lint.extension;

import io.chancery.issuance.lint.Lint;
import io.chancery.issuance.lint.Specimen;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Who answers for the authority does nothing else, and is told by id-pkix-ocsp-nocheck. */
final class EkuOcspAlone extends Lint {

  EkuOcspAlone() {
    super("eku-ocsp-alone", "RFC 6960 s4.2.2.2");
  }

  @Override
  protected Optional<String> breach(Specimen it) {

    Optional<ASN1Sequence> purposes =
        it.value(Extension.extendedKeyUsage).map(ASN1Sequence::getInstance);
    boolean responder =
        purposes
            .map(ExtendedKeyUsage::getInstance)
            .map(usage -> usage.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning))
            .orElse(false);
    // RFC 6960 s4.2.2.2: id-kp-OCSPSigning is a delegation; with other purposes beside it, a
    // server's key could answer for the authority.
    if (responder && purposes.orElseThrow().size() != 1) {
      return Optional.of("OCSPSigning beside other purposes");
    }
    // RFC 6960 s4.2.2.2.1: id-pkix-ocsp-nocheck is for a responder's certificate.
    return responder == it.has(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck)
        ? Optional.empty()
        : Optional.of(
            responder ? "OCSPSigning without ocsp-nocheck" : "ocsp-nocheck without OCSPSigning");
  }
}
