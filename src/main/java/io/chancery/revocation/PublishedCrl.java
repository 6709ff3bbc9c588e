package io.chancery.revocation;

import io.chancery.x509.Der;
import io.chancery.x509.IssuerName;
import java.time.Instant;

/** A CRL as it was signed. */
public record PublishedCrl(
    IssuerName issuer, long number, Instant thisUpdate, Instant nextUpdate, int entries, Der der) {}
