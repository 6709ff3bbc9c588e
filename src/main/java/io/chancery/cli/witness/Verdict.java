package io.chancery.cli.witness;

import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.NoteSignature;

/** What the witness makes of a checkpoint that was shown to it. */
sealed interface Verdict {
  /** It goes on from what was seen last, is on disk, and is cosigned. */
  record Cosigned(Checkpoint checkpoint, NoteSignature cosignature) implements Verdict {}

  /** The origin is none of the logs that are watched. */
  record UnknownLog(String origin) implements Verdict {}

  /** No known key of the log has signed it. */
  record NotSigned(String reason) implements Verdict {}

  /** The old size is larger than the new one. */
  record Backwards(long old, long size) implements Verdict {}

  /** The last checkpoint seen has {@code seen} leaves, and this one does not go on from there. */
  record Conflict(long seen) implements Verdict {}

  /** The consistency proof does not hold: it is another tree. */
  record OtherTree(long old, long size) implements Verdict {}
}
