/**
 * The closet of those who work at a token: threads with a session each, what waits for them, and
 * the breaker that sends callers away at once while nothing can be done.
 *
 * <p>Nothing here knows PKCS#11. Start reading at {@link io.chancery.hsm.crew.Crew}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.hsm.crew;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
