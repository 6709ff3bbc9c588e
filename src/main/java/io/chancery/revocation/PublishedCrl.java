package io.chancery.revocation;

import io.chancery.x509.Thumbprint;
import java.time.Instant;
import java.util.Optional;

/**
 * A CRL as it was signed, without its octets.
 *
 * @param base the number of the complete CRL that a delta builds on
 * @param octets how many it has
 * @param thumbprint their SHA-256
 */
public record PublishedCrl(
    CrlSlot slot,
    long number,
    Optional<Long> base,
    Instant thisUpdate,
    Instant nextUpdate,
    long entries,
    long octets,
    Thumbprint thumbprint) {}
