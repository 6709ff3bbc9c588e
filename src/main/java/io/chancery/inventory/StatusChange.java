package io.chancery.inventory;

import io.chancery.x509.CertificateStatus;
import io.chancery.x509.IssuerName;
import io.chancery.x509.SerialNumber;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * A certificate has another status than before.
 *
 * @param shard the part of the CRL that lists it; empty where its CDP names the whole CRL
 * @param version as {@link Entry#statusVersion}; what is not newer than what is known says nothing
 * @param status the newest one, which may be that of a later change
 * @param at when the change was made
 */
public record StatusChange(
    SerialNumber serial,
    IssuerName issuer,
    OptionalInt shard,
    Instant notAfter,
    int version,
    CertificateStatus status,
    Instant at) {}
