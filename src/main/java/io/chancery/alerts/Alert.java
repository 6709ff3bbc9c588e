package io.chancery.alerts;

import io.chancery.OrganizationId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A finding that was announced. */
public record Alert(
    UUID id,
    String finding,
    String kind,
    Severity severity,
    OrganizationId organization,
    Optional<String> serial,
    String text,
    Optional<Instant> due,
    Instant raisedAt) {}
