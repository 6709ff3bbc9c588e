package io.chancery.ledger.note;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What all parts of a note have in common: strict UTF-8, strict base64, names, one clause. */
final class NoteText {
  private static final String CLAUSE = "C2SP signed-note";

  private NoteText() {}

  static String utf8(String what, byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException broken) {
      throw malformed(what, "", "is not UTF-8");
    }
  }

  /** C2SP signed-note, Format: no control below U+0020 but the line end; and no half character. */
  static boolean isPlain(String text) {
    return text.codePoints().allMatch(c -> (c >= 0x20 || c == '\n') && (c < 0xD800 || c > 0xDFFF));
  }

  /** C2SP signed-note, Format: a key's name has neither space nor plus. */
  static String name(String what, String name) {
    boolean odd = name.codePoints().anyMatch(c -> c == '+' || c <= 0x20 || isSpace(c));
    if (name.isEmpty() || odd || !isPlain(name)) {
      throw malformed(what, Quoted.of(name), "a name is not empty and has no space and no plus");
    }
    return name;
  }

  /** Base64 in its one canonical form, RFC 4648 s3.5: padded, and no stray bits at the end. */
  static byte[] base64(String what, String text) {
    try {
      byte[] octets = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(octets).equals(text)) {
        return octets;
      }
    } catch (IllegalArgumentException notBase64) {
      throw malformed(what, Quoted.of(text), "is not base64");
    }
    throw malformed(what, Quoted.of(text), "is not base64 in canonical form");
  }

  static PkiException malformed(String what, String where, String reason) {
    return new Failure.Malformed(what, where, reason, CLAUSE).thrown();
  }

  /** The White_Space property of Unicode, which is what Go's readers of notes ask. */
  private static boolean isSpace(int c) {
    return Character.isSpaceChar(c) || c == 0x85;
  }
}
