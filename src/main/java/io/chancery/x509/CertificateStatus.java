package io.chancery.x509;

import io.chancery.Failure;
import java.time.Instant;
import java.util.Optional;

/** What the book says of a certificate, apart from its expiry. */
public sealed interface CertificateStatus {
  /** Issued, and nothing is known against it. */
  record Good() implements CertificateStatus {}

  /** On hold: answered as revoked with reason certificateHold until the hold is lifted. */
  record Held(Instant since) implements CertificateStatus {}

  /** Revoked for good. {@code invalidityDate}: RFC 5280 s5.3.2. */
  record Revoked(Instant since, RevocationReason reason, Optional<Instant> invalidityDate)
      implements CertificateStatus {
    public Revoked {
      // RFC 5280 s5.3.1: certificateHold can be lifted and removeFromCRL lifts it: neither is for
      // good.
      if (reason == RevocationReason.CERTIFICATE_HOLD
          || reason == RevocationReason.REMOVE_FROM_CRL) {
        throw new Failure.Malformed(
                "revocation", "", reason.text() + " does not revoke for good", "RFC 5280 s5.3.1")
            .thrown();
      }
    }
  }

  CertificateStatus GOOD = new Good();
}
