/**
 * The closet of what a request may cost before anybody knows what it is about: how many, how large,
 * how slow. The gate asks here first.
 *
 * <p>What does not live here: how much an organization may ask of a profile, and who waits for a
 * place ({@code access}).
 *
 * <p>Start reading at {@link io.chancery.api.limits.Threshold}.
 */
@NullMarked
@Room(
    floor = 5,
    mayImport = {"access", "rate"})
package io.chancery.api.limits;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
