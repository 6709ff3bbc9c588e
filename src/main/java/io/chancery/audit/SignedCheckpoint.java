package io.chancery.audit;

import io.chancery.PkiException;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import java.util.List;
import java.util.Optional;

/** A checkpoint's note, held against the keys that the auditor brought along. */
final class SignedCheckpoint {
  private final NoteKey key;
  private final List<NoteKey> witnesses;
  private final int quorum;

  SignedCheckpoint(NoteKey key, List<NoteKey> witnesses, int quorum) {
    this.key = key;
    this.witnesses = List.copyOf(witnesses);
    this.quorum = quorum;
  }

  /** What it says, if it can be read at all; whatever is wrong with its signatures is reported. */
  Optional<Checkpoint> read(byte[] octets, String where, Findings findings) {
    try {
      Note note = Note.parse(octets);
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (!note.isSignedBy(key)) {
        report(findings, where, "is not signed by the key " + key.vkey());
      }
      if (!checkpoint.origin().equals(key.name())) {
        report(findings, where, "is of the log " + checkpoint.origin() + ", not " + key.name());
      }
      return Optional.of(checkpoint);
    } catch (PkiException unreadable) {
      report(findings, where, "cannot be read: " + unreadable.failure().detail());
      return Optional.empty();
    }
  }

  /** How many of the witnesses have signed it; too few are reported. */
  long witnessed(byte[] octets, String where, Findings findings) {
    Note note = Note.parse(octets);
    long signed = witnesses.stream().filter(note::isSignedBy).count();
    if (signed < quorum) {
      report(findings, where, "has " + signed + " cosignatures of known witnesses, not " + quorum);
    }
    return signed;
  }

  private static void report(Findings findings, String where, String what) {
    findings.nowhere(FindingKind.CHECKPOINT_SIGNATURE, where + " " + what);
  }
}
