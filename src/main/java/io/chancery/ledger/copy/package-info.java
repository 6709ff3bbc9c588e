/**
 * The closet of the second place: where the roll is copied to, outside the database.
 *
 * <p>A {@link io.chancery.ledger.copy.Place} keeps octets under paths. What does not live here:
 * what is written and when, and what the octets mean.
 *
 * <p>Start reading at {@link io.chancery.ledger.copy.Place}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.ledger.copy;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
