package io.chancery.ledger.witness;

import io.chancery.PkiException;
import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Cosignature;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSignature;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a witness's answer means, C2SP tlog-witness, add-checkpoint. */
sealed interface Reply {
  /** It cosigned; the key was checked. */
  record Cosigned(NoteSignature cosignature) implements Reply {}

  /** It saw another size last. */
  record Seen(long size) implements Reply {}

  /** There is no cosignature. */
  record No(Round.Why why, String reason) implements Reply {}

  static Reply read(Witness witness, String text, int status, byte[] body) {
    try {
      return switch (status) {
        case 200 -> cosigned(witness, text, body);
        case 409 -> new Seen(Checkpoint.size(ascii(body).stripTrailing()));
        case 403, 404 -> new No(Round.Why.STRANGER, "it does not know this log or its key");
        case 422 ->
            new No(Round.Why.OTHER_TREE, "it says that the consistency proof does not hold");
        default -> new No(Round.Why.AWAY, "it answered " + status);
      };
    } catch (PkiException broken) {
      return new No(Round.Why.UNFIT, broken.failure().detail());
    }
  }

  /** Lines of unknown keys are passed over; its own must be good, and be a cosignature. */
  private static Reply cosigned(Witness witness, String text, byte[] body) {
    Note note = new Note(text, Note.signatureLines(new String(body, StandardCharsets.UTF_8)));
    List<NoteSignature> good = note.verified(List.of(witness.key()));
    Cosignature.at(good.getFirst());
    return new Cosigned(good.getFirst());
  }

  private static String ascii(byte[] body) {
    return new String(body, StandardCharsets.US_ASCII);
  }
}
