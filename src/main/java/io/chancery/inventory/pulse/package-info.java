/**
 * The closet of the database's pulse: whether it answers, since when it does not, and why, in
 * words. Whoever would only wait for it in vain is told at once.
 *
 * <p>Start reading at {@link io.chancery.inventory.pulse.Pulse}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.inventory.pulse;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
