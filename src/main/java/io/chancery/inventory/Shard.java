package io.chancery.inventory;

import io.chancery.x509.IssuerName;

/** A part of an issuer's CRL, as certificates name it in their CDP. */
public record Shard(IssuerName issuer, int number) {}
