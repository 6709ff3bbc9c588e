/**
 * The closet of plain SQL, for what is asked of many rows at once.
 *
 * <p>Start reading at {@link io.chancery.inventory.sql.Sql}.
 */
@NullMarked
@Room(floor = 1)
package io.chancery.inventory.sql;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
