package io.chancery.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What one person did alone. */
public record BrokenGlass(
    UUID proposal,
    String person,
    String reason,
    Instant at,
    Optional<String> reviewedBy,
    Optional<Instant> reviewedAt) {}
