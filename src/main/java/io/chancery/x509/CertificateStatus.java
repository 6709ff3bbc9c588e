package io.chancery.x509;

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
      implements CertificateStatus {}

  CertificateStatus GOOD = new Good();
}
