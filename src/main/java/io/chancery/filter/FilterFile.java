package io.chancery.filter;

import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSigner;
import java.nio.ByteBuffer;

/** Puts a filter's file together: a mark, the signed note with its length, the body. */
final class FilterFile {
  private FilterFile() {}

  static byte[] of(RevocationFilter.Facts facts, byte[] body, NoteSigner signer) {
    String text = facts.text();
    byte[] note = Note.unsigned(text).with(signer.sign(text)).octets();
    return ByteBuffer.allocate(
            RevocationFilter.MAGIC.length + Short.BYTES + note.length + body.length)
        .put(RevocationFilter.MAGIC)
        .putShort((short) note.length)
        .put(note)
        .put(body)
        .array();
  }
}
