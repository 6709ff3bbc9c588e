package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.IssuedCertificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** A delegated OCSP responder's certificate with its key (RFC 6960 s4.2.2.2). */
public final class ResponderCredential {
  private final Signatory signatory;

  /** Refuses a key that is not the certificate's, and a certificate that is no responder's. */
  public ResponderCredential(IssuedCertificate certificate, SigningKey key) {
    this.signatory = Signatory.of(certificate, key);
    boolean delegated =
        signatory
            .certificate()
            .extension(Extension.extendedKeyUsage)
            .map(extension -> ExtendedKeyUsage.getInstance(extension.getParsedValue()))
            .map(usage -> usage.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning))
            .orElse(false);
    // RFC 6960 s4.2.2.2: id-kp-OCSPSigning MUST be in the responder's certificate.
    if (!delegated) {
      throw new Failure.Misconfigured(
              "OCSP responder",
              "the certificate " + certificate.serial() + " is not for OCSP signing",
              "issue it with the profile ocsp-responder")
          .thrown();
    }
  }

  public IssuedCertificate certificate() {
    return signatory.certificate().certificate();
  }

  Signatory signatory() {
    return signatory;
  }
}
