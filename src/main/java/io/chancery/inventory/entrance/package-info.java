/**
 * The closet of how the service enters the database: as which role, and what a connection shows.
 *
 * <p>Two roles: the owner makes the tables, the application owns nothing. Row security then shows
 * each connection what its {@link io.chancery.Scope} says.
 *
 * <p>Start reading at {@link io.chancery.inventory.entrance.ScopedConnections}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.inventory.entrance;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
