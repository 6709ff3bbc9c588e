package io.chancery.audit.report;

import java.util.OptionalLong;

/**
 * Something that differs.
 *
 * @param leaf the index of the entry it is about, of the first where there are several; empty where
 *     it is about none
 * @param what for the auditor who reads it; input from outside is escaped in it
 */
public record Finding(FindingKind kind, OptionalLong leaf, String what) {}
