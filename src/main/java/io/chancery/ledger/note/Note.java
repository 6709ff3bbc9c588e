package io.chancery.ledger.note;

import io.chancery.Failure;
import io.chancery.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Text with signatures under it: C2SP signed-note. What it says counts only once {@link
 * #verified(Collection)} or {@link #isSignedBy(NoteKey)} has found the signature of a known key.
 *
 * @param text ends in a line end, which is signed as well
 */
public record Note(String text, List<NoteSignature> signatures) {
  private static final int LONGEST = 256 * 1024;
  private static final int MOST_SIGNATURES = 100;

  public Note {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || !NoteText.isPlain(text)) {
      throw NoteText.malformed("note", "", "text without a last line end, or with controls in it");
    }
    if (signatures.size() > MOST_SIGNATURES) {
      throw new Failure.TooLarge("note", MOST_SIGNATURES, "signatures").thrown();
    }
  }

  /** A text that nobody has signed yet. */
  public static Note unsigned(String text) {
    return new Note(text, List.of());
  }

  /** Reads a note as it came from outside; it carries at least one signature. */
  public static Note parse(byte[] octets) {
    if (octets.length > LONGEST) {
      throw new Failure.TooLarge("note", LONGEST, "octets").thrown();
    }
    String whole = NoteText.utf8("note", octets);
    // The text may have empty lines of its own: the last one parts it from the signatures.
    int blank = whole.lastIndexOf("\n\n");
    if (blank < 0 || !NoteText.isPlain(whole)) {
      throw NoteText.malformed("note", "", "no empty line before signatures, or controls in it");
    }
    return new Note(whole.substring(0, blank + 1), signatureLines(whole.substring(blank + 2)));
  }

  /** Reads signature lines as they stand under a note, or alone in a witness's answer. */
  public static List<NoteSignature> signatureLines(String lines) {
    if (!lines.endsWith("\n")) {
      throw NoteText.malformed("note", "", "the last signature has no line end");
    }
    String[] each = lines.substring(0, lines.length() - 1).split("\n", MOST_SIGNATURES + 2);
    if (each.length > MOST_SIGNATURES) {
      throw new Failure.TooLarge("note", MOST_SIGNATURES, "signatures").thrown();
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : each) {
      signatures.add(NoteSignature.parse(line));
    }
    return signatures;
  }

  /** The same text with one signature more. */
  public Note with(NoteSignature signature) {
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new Note(text, more);
  }

  /** Whether the key has signed, and everything under its name and id is its signature. */
  public boolean isSignedBy(NoteKey key) {
    List<NoteSignature> its = signatures.stream().filter(key::isNamedIn).toList();
    return !its.isEmpty() && its.stream().allMatch(one -> key.holds(text, one));
  }

  /**
   * The signatures of known keys; there is at least one. A signature that claims to be of a known
   * key and is not refuses the note; signatures of strangers are passed over.
   */
  public List<NoteSignature> verified(Collection<NoteKey> known) {
    List<NoteSignature> good = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (NoteKey key : known) {
        if (key.isNamedIn(signature)) {
          good.add(checked(key, signature));
        }
      }
    }
    if (good.isEmpty()) {
      throw new Failure.Refused("note-signature", "no known key has signed the note", "").thrown();
    }
    return good;
  }

  private NoteSignature checked(NoteKey key, NoteSignature signature) {
    if (!key.holds(text, signature)) {
      throw new Failure.Refused(
              "note-signature",
              "the signature under the name " + Quoted.of(key.name()) + " is not of its key",
              "")
          .thrown();
    }
    return signature;
  }

  /** Text, empty line, signature lines: what is kept and sent. */
  public byte[] octets() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(text).append('\n');
    signatures.forEach(one -> out.append(one.line()));
    return out.toString();
  }
}
