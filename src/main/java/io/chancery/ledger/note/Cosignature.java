package io.chancery.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;

/** A witness's signature, C2SP tlog-cosignature v1: eight octets of time, 64 of Ed25519. */
public final class Cosignature {
  private static final int LENGTH = Long.BYTES + 64;

  private Cosignature() {}

  /** When the witness says to have signed. */
  public static Instant at(NoteSignature signature) {
    byte[] blob = signature.octets();
    if (!isWhole(blob)) {
      throw NoteText.malformed("cosignature", "", "is not eight octets of time and 64 of Ed25519");
    }
    return Instant.ofEpochSecond(time(blob));
  }

  static boolean holds(PublicKey key, String text, NoteSignature signature) {
    byte[] blob = signature.octets();
    if (!isWhole(blob)) {
      return false;
    }
    byte[] raw = new byte[blob.length - Long.BYTES];
    System.arraycopy(blob, Long.BYTES, raw, 0, raw.length);
    return Ed25519.holds(key, message(time(blob), text), raw);
  }

  // C2SP tlog-cosignature, Ed25519 signed message.
  static byte[] message(long time, String text) {
    return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] blob(long time, byte[] signature) {
    return ByteBuffer.allocate(Long.BYTES + signature.length).putLong(time).put(signature).array();
  }

  private static boolean isWhole(byte[] blob) {
    // C2SP tlog-cosignature, Format: the time is at most 2^63 - 1; Instant ends before that.
    return blob.length == LENGTH && time(blob) >= 0 && time(blob) <= Instant.MAX.getEpochSecond();
  }

  private static long time(byte[] blob) {
    return ByteBuffer.wrap(blob).getLong();
  }
}
