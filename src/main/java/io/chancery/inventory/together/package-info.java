/**
 * The closet of what is done together: many deeds, one question or one commit.
 *
 * <p>Start reading at {@link io.chancery.inventory.together.Convoy}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.inventory.together;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
