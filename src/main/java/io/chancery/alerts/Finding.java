package io.chancery.alerts;

import io.chancery.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the watch has found.
 *
 * @param key the same for the same finding: it is raised once
 * @param due when it becomes an outage
 */
record Finding(
    String key,
    String kind,
    Severity severity,
    OrganizationId owner,
    Optional<String> serial,
    String text,
    Instant due) {}
