package io.chancery.ledger.note;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Signs notes with a key that stays where it is.
 *
 * @param signing raw Ed25519 over the octets it is given: a token's key, or one from a file
 */
public record NoteSigner(NoteKey key, UnaryOperator<byte[]> signing) {

  /** The log's own signature under its text. */
  public NoteSignature sign(String text) {
    byte[] signature = signing.apply(text.getBytes(StandardCharsets.UTF_8));
    return checked(text, NoteKey.Type.ED25519, signature);
  }

  /** A witness's signature under the text of another's checkpoint, with the time it was made. */
  public NoteSignature cosign(String text, Instant at) {
    byte[] signature = signing.apply(Cosignature.message(at.getEpochSecond(), text));
    return checked(
        text, NoteKey.Type.COSIGNATURE_V1, Cosignature.blob(at.getEpochSecond(), signature));
  }

  /** What came out is looked at before anyone else sees it: a token may hold another key. */
  private NoteSignature checked(String text, NoteKey.Type type, byte[] signature) {
    NoteSignature line = new NoteSignature(key.name(), key.id(), signature);
    if (key.type() != type || !key.holds(text, line)) {
      throw new Failure.BrokenPromise(
              "signature of the note key " + Quoted.of(key.name()),
              "it does not verify with " + key.vkey())
          .thrown();
    }
    return line;
  }
}
