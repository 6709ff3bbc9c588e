package io.chancery.issuance;

import io.chancery.x509.RevocationReason;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * One revoked certificate in a CRL (RFC 5280 s5.1.2.6).
 *
 * @param invalidityDate since when it should not have been trusted (RFC 5280 s5.3.2)
 */
public record CrlEntry(
    SerialNumber serial,
    Instant revokedAt,
    RevocationReason reason,
    Optional<Instant> invalidityDate) {}
