/**
 * The closet of asking witnesses: a checkpoint goes out to each of them, cosignatures come back.
 *
 * <p>{@link io.chancery.ledger.witness.Witnesses} asks all of them at once within a time limit and
 * believes only what their keys have signed. What does not live here: when a checkpoint is shown,
 * and the witness itself ({@code cli.witness}).
 *
 * <p>Start reading at {@link io.chancery.ledger.witness.Witnesses}.
 */
@NullMarked
@Room(
    floor = 1,
    mayImport = {"tree", "note"})
package io.chancery.ledger.witness;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
