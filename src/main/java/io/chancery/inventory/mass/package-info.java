/**
 * The book's closet of deeds about many certificates at once: which ones a selection finds, who is
 * hit by them, and their revocation in one statement.
 *
 * <p>Plain SQL over sets: ten thousand rows are changed in a transaction of a second or two, so
 * that nothing ever sees half of them. What does not live here: who may do so, and the roll.
 *
 * <p>Start reading at {@link io.chancery.inventory.mass.Selection}.
 */
@NullMarked
@Room(
    floor = 1,
    mayImport = {"inventory"})
package io.chancery.inventory.mass;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
