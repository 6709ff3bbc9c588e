package io.chancery.inventory;

import io.chancery.OrganizationId;
import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * The intention to sign exactly {@code tbs}, written down before the HSM is asked.
 *
 * @param requester who asked, as {@code Caller.name()} says it
 * @param contact whom to tell before the certificate expires; may be empty
 * @param replaces the certificate that this one renews
 * @param approvals how many persons must have approved {@code tbs} before it is signed
 */
public record Reservation(
    SerialNumber serial,
    IssuerName issuer,
    String profile,
    OrganizationId organization,
    String requester,
    String contact,
    Optional<SerialNumber> replaces,
    Der tbs,
    Instant reservedAt,
    int approvals) {}
