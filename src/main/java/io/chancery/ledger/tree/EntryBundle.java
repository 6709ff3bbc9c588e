package io.chancery.ledger.tree;

import io.chancery.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The entries under a tile: each as its length in two octets, big-endian, and its body. */
public final class EntryBundle {
  /** What two octets can say. */
  public static final int LONGEST = 0xFFFF;

  private EntryBundle() {}

  /** A bundle of these entries. */
  public static byte[] of(List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      for (byte[] entry : entries) {
        write(out, entry);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("memory takes what it is given", impossible);
    }
    return out.toByteArray();
  }

  /** Writes one entry at the end of a bundle. */
  public static void write(OutputStream out, byte[] entry) throws IOException {
    if (entry.length > LONGEST) {
      throw new Failure.TooLarge("ledger entry", LONGEST, "octets").thrown();
    }
    out.write(entry.length >>> 8);
    out.write(entry.length);
    out.write(entry);
  }

  /** All entries of a bundle that must hold exactly {@code count} of them. */
  public static List<byte[]> parse(byte[] bundle, int count) {
    List<byte[]> entries = new ArrayList<>(Math.min(count, HashTiles.WIDTH));
    try {
      read(new ByteArrayInputStream(bundle), count, entries::add);
    } catch (IOException impossible) {
      throw new IllegalStateException("memory can be read", impossible);
    }
    return entries;
  }

  /**
   * Hands on one entry after the other. A bundle that is cut short or goes on after {@code count}
   * entries is refused; what came before was already handed on.
   */
  public static void read(InputStream in, int count, Consumer<byte[]> each) throws IOException {
    long at = 0;
    for (int i = 0; i < count; i++) {
      byte[] prefix = in.readNBytes(2);
      if (prefix.length < 2) {
        throw malformed(i, at, "the bundle ends before entry " + (i + 1) + " of " + count);
      }
      int length = (prefix[0] & 0xFF) << 8 | (prefix[1] & 0xFF);
      byte[] entry = in.readNBytes(length);
      if (entry.length < length) {
        throw malformed(i, at, "cut after " + entry.length + " of " + length + " octets");
      }
      each.accept(entry);
      at += 2 + length;
    }
    if (in.read() >= 0) {
      throw malformed(count, at, "the bundle goes on after its " + count + " entries");
    }
  }

  private static RuntimeException malformed(int entry, long at, String reason) {
    return new Failure.Malformed(
            "entry bundle",
            "entry " + entry + ", octet " + at,
            reason,
            "C2SP tlog-tiles, Log entries")
        .thrown();
  }
}
