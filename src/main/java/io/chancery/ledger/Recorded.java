package io.chancery.ledger;

import io.chancery.x509.Thumbprint;
import java.time.Instant;

/** An entry of the roll: {@code body} is the canonical JSON, {@code hash} its SHA-256. */
public record Recorded(
    long id, Instant at, EventKind kind, String actor, String body, Thumbprint hash) {}
