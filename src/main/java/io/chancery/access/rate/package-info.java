/**
 * The closet of rates: how often an address, a caller and an organization may ask, counted by each
 * replica.
 *
 * <p>Start reading at {@link io.chancery.access.rate.Rates}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.access.rate;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
