package io.chancery.inventory;

/** The right to do one job until it expires. {@code token} grows with each new holder: a fence. */
public record Lease(String name, long token) {}
