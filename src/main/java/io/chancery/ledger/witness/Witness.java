package io.chancery.ledger.witness;

import io.chancery.Failure;
import io.chancery.Quoted;
import io.chancery.ledger.note.NoteKey;
import java.net.URI;
import java.util.List;

/**
 * A witness that is asked: the key that its cosignatures are made with, and where it is.
 *
 * @param prefix the submission prefix: {@code /add-checkpoint} comes after it
 */
public record Witness(NoteKey key, URI prefix) {
  public Witness {
    if (key.type() != NoteKey.Type.COSIGNATURE_V1) {
      throw misconfigured(key.vkey(), "the key is a log's, not a witness's");
    }
    boolean http = List.of("http", "https").contains(prefix.getScheme());
    if (!http || prefix.getHost() == null || prefix.getQuery() != null) {
      throw misconfigured(prefix.toString(), "is no http or https address");
    }
  }

  /** Reads {@code VKEY URL}, as an operator writes it. */
  public static Witness parse(String text) {
    String[] parts = text.strip().split("\\s+", 3);
    if (parts.length != 2) {
      throw misconfigured(text, "is not VKEY URL");
    }
    try {
      return new Witness(NoteKey.parse(parts[0]), URI.create(parts[1]));
    } catch (IllegalArgumentException noUri) {
      throw misconfigured(parts[1], "is no http or https address");
    }
  }

  URI addCheckpoint() {
    String base = prefix.toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + "add-checkpoint");
  }

  private static RuntimeException misconfigured(String where, String reason) {
    return new Failure.Misconfigured(
            "witness " + Quoted.of(where),
            reason,
            "write the verifier key that the witness prints at its start, and its address")
        .thrown();
  }
}
