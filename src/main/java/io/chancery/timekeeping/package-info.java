/**
 * Whether the clock can be believed.
 *
 * <p>{@link io.chancery.HouseClock} in the hall notices that the machine's clock has stepped and
 * goes on without it; here the others are asked: the database's clock, and the newest time that the
 * roll knows. What was found stands on the roll. What does not live here: what is done while the
 * clock is in doubt; the ledger takes no promise of a certificate then.
 *
 * <p>Start reading at {@link io.chancery.timekeeping.Judgement}.
 */
@NullMarked
@Room(
    floor = 2,
    mayImport = {"inventory", "ledger"})
package io.chancery.timekeeping;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
