/**
 * Who may: organizations, roles, and the credentials that stand for them.
 *
 * <p>A credential that a door was shown becomes a {@link io.chancery.Caller} here, checked against
 * the book on every request, by itself or in its deed's transaction: revoked, expired, suspended
 * end at once. What does not live here: what a profile gives ({@code profile}), which route needs
 * which role ({@code api}).
 *
 * <p>Start reading at {@link io.chancery.access.Access}.
 */
@NullMarked
@Room(
    floor = 1,
    mayImport = {"inventory", "sql", "together", "ledger"})
package io.chancery.access;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
