package io.chancery.inventory;

import java.time.Duration;

/**
 * The right to do one job until it expires, this long after it was taken or renewed. {@code token}
 * grows with each new holder: a fence.
 */
public record Lease(String name, long token, Duration length) {}
