package io.chancery.issuance;

import io.chancery.x509.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * What an OCSP answer says of one certificate (RFC 6960 s4.2.1, SingleResponse).
 *
 * @param archiveCutoff RFC 6960 s4.4.4: how far back this responder remembers certificates that
 *     have ended; for those alone
 */
public record SingleAnswer(
    CertId certId,
    Status status,
    Instant thisUpdate,
    Instant nextUpdate,
    Optional<Instant> archiveCutoff) {
  public SingleAnswer(CertId certId, Status status, Instant thisUpdate, Instant nextUpdate) {
    this(certId, status, thisUpdate, nextUpdate, Optional.empty());
  }

  /** RFC 6960 s2.2. */
  public sealed interface Status {
    /** Issued, and not revoked. */
    record Good() implements Status {}

    record Revoked(Instant at, RevocationReason reason) implements Status {}

    /** Of an issuer that is not known here. */
    record Unknown() implements Status {}

    Status GOOD = new Good();
    Status UNKNOWN = new Unknown();

    /** RFC 6960 s2.2: a serial that was never issued: revoked in 1970 with certificateHold. */
    Status NEVER_ISSUED = new Revoked(Instant.EPOCH, RevocationReason.CERTIFICATE_HOLD);
  }
}
