package io.chancery.ledger.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** One line under a note: who says to have signed, with which key, and what came out. */
public final class NoteSignature {
  private static final String DASH = "\u2014 ";
  private static final int LONGEST_LINE = 16 * 1024;

  private final String name;
  private final int keyId;
  private final byte[] signature;

  NoteSignature(String name, int keyId, byte[] signature) {
    this.name = name;
    this.keyId = keyId;
    this.signature = signature;
  }

  /** Reads a line without its line end. */
  static NoteSignature parse(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length() || line.length() > LONGEST_LINE) {
      throw NoteText.malformed("note signature", "", "is not: dash, name, base64");
    }
    String name = NoteText.name("note signature", line.substring(DASH.length(), space));
    ByteBuffer blob = ByteBuffer.wrap(NoteText.base64("note signature", line.substring(space + 1)));
    if (blob.remaining() <= Integer.BYTES) {
      throw NoteText.malformed("note signature", "", "is too short for a key id and a signature");
    }
    int keyId = blob.getInt();
    byte[] signature = new byte[blob.remaining()];
    blob.get(signature);
    return new NoteSignature(name, keyId, signature);
  }

  public String name() {
    return name;
  }

  public int keyId() {
    return keyId;
  }

  byte[] octets() {
    return signature.clone();
  }

  /** The line, with its line end. */
  public String line() {
    byte[] blob =
        ByteBuffer.allocate(Integer.BYTES + signature.length).putInt(keyId).put(signature).array();
    return DASH + name + " " + Base64.getEncoder().encodeToString(blob) + "\n";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && name.equals(that.name)
        && keyId == that.keyId
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(signature);
  }

  @Override
  public String toString() {
    return line().strip();
  }
}
