package io.chancery.ledger.witness;

import io.chancery.ledger.note.NoteSignature;
import java.util.List;

/** What came of showing one checkpoint to all witnesses. */
public record Round(List<NoteSignature> cosignatures, List<Missing> missing) {
  public Round {
    cosignatures = List.copyOf(cosignatures);
    missing = List.copyOf(missing);
  }

  /**
   * A witness that has not cosigned: now, or when it was asked last and since then left alone.
   *
   * @param witness its name
   * @param reason for the log and for alerts, fit for a line
   */
  public record Missing(String witness, Why why, String reason) {}

  /** Whether to wait, or to look into it. */
  public enum Why {
    /** No answer, an answer too late, or one that says it cannot now. */
    AWAY,
    /** It answered what no witness should: a broken answer, or another's signature. */
    UNFIT,
    /** It does not watch this log, or does not know its key. */
    STRANGER,
    /**
     * It has seen a tree that this one does not go on from: this is the alarm witnesses are for.
     */
    OTHER_TREE
  }
}
