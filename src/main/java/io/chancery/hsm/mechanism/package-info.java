/**
 * The closet of signature forms: what goes to a token for a signature, and what becomes of its
 * answer.
 *
 * <p>Start reading at {@link io.chancery.hsm.mechanism.SigningMechanism}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.hsm.mechanism;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
