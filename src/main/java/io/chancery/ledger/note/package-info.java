/**
 * The closet of C2SP signed notes: checkpoints of a log, and the cosignatures of its witnesses.
 *
 * <p>Pure: the private key stays where it is, behind a function that signs. {@link
 * io.chancery.ledger.note.Note} is text with signatures, {@link io.chancery.ledger.note.Checkpoint}
 * what the text of a log says, {@link io.chancery.ledger.note.NoteKey} who may be believed. What
 * does not live here: when a checkpoint is signed, and whom it is shown to.
 *
 * <p>Start reading at {@link io.chancery.ledger.note.Note}.
 */
@NullMarked
@Room(
    floor = 1,
    mayImport = {"tree"})
package io.chancery.ledger.note;

import io.chancery.Room;
import org.jspecify.annotations.NullMarked;
