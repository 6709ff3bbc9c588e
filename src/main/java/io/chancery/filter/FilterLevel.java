package io.chancery.filter;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One level of a filter: for every key in it a linear equation over GF(2) holds. Keys are spread
 * over blocks of some hundred; a key's row has a random bit for each column of its block, and its
 * product with each of {@code width} stored columns gives the key's bits.
 *
 * <p>Dense rows cost one bit a key and column, and nothing on top but three octets a block; a block
 * is small enough that they are quick to solve and to ask.
 */
record FilterLevel(int number, int width, int[] columns, byte[] seeds, long[] starts, long[] bits) {
  static final FilterLevel EMPTY =
      new FilterLevel(0, 0, new int[0], new byte[0], new long[0], new long[0]);

  static final int WIDEST = 32;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** Reads a level; every array is as large as what is really there. */
  static FilterLevel read(int number, ByteBuffer in) {
    int width = in.get();
    int blocks = in.getInt();
    if (width < 0 || width > WIDEST || blocks < 0 || blocks > in.remaining() / 3) {
      throw new IllegalArgumentException("a level of " + blocks + " blocks");
    }
    int[] columns = new int[blocks];
    byte[] seeds = new byte[blocks];
    for (int i = 0; i < blocks; i++) {
      columns[i] = Short.toUnsignedInt(in.getShort());
      seeds[i] = in.get();
    }
    long[] starts = starts(columns, width);
    long octets = (starts[blocks] + 7) / 8;
    if (octets > in.remaining() || (width > 0) != (blocks > 0)) {
      throw new IllegalArgumentException("a level of " + octets + " octets");
    }
    byte[] raw = new byte[(int) octets];
    in.get(raw);
    return new FilterLevel(number, width, columns, seeds, starts, words(raw));
  }

  /** Where each block begins, in bits, and the end of the last. */
  static long[] starts(int[] columns, int width) {
    long[] starts = new long[columns.length + 1];
    for (int i = 0; i < columns.length; i++) {
      starts[i + 1] = starts[i] + (long) columns[i] * width;
    }
    return starts;
  }

  /** The level as it is written. */
  void write(ByteBuffer out) {
    out.put((byte) width).putInt(columns.length);
    for (int i = 0; i < columns.length; i++) {
      out.putShort((short) columns[i]).put(seeds[i]);
    }
    for (int i = 0; i < octets(); i++) {
      out.put((byte) (bits[i / 8] >>> (8 * (i % 8))));
    }
  }

  int size() {
    return 5 + 3 * columns.length + octets();
  }

  private int octets() {
    return (int) ((starts.length == 0 ? 0 : starts[starts.length - 1] + 7) / 8);
  }

  /**
   * Whether the key's bits are its fingerprint (first level: always for a revoked one, by chance
   * for others) or say that it is revoked (second level). A level without width holds everything.
   */
  boolean holds(RevocationFilter.Key key) {
    if (width == 0) {
      return true;
    }
    int block = block(number, key, columns.length);
    long state = state(number, seeds[block], key);
    long[] row = row(state, columns[block]);
    int wanted = wanted(number, state, width);
    for (int i = 0; i < width; i++) {
      if (product(row, columns[block], starts[block] + (long) i * columns[block])
          != ((wanted >>> i) & 1)) {
        return false;
      }
    }
    return true;
  }

  /** What the product of a key's row is compared with. */
  static int wanted(int number, long state, int width) {
    return number == 2 ? 1 : (int) (mix(state) >>> (64 - WIDEST)) & mask(width);
  }

  private static int mask(int width) {
    return width == WIDEST ? -1 : (1 << width) - 1;
  }

  static int block(int number, RevocationFilter.Key key, int blocks) {
    return (int) Math.unsignedMultiplyHigh(mix(key.a() + number * GOLDEN), blocks);
  }

  static long state(int number, byte seed, RevocationFilter.Key key) {
    return mix(key.b() ^ mix(key.a() + (number << 8) + Byte.toUnsignedInt(seed)));
  }

  /** The key's row: as many random bits as its block has columns. */
  static long[] row(long state, int columns) {
    long[] row = new long[(columns + 63) / 64];
    for (int i = 0; i < row.length; i++) {
      row[i] = mix(state + (i + 1) * GOLDEN);
    }
    if (columns % 64 != 0) {
      row[row.length - 1] &= -1L >>> (64 - columns % 64);
    }
    return row;
  }

  private int product(long[] row, int length, long start) {
    long sum = 0;
    for (int i = 0; i < row.length; i++) {
      long at = start + 64L * i;
      int word = (int) (at >>> 6);
      int shift = (int) (at & 63);
      long high = shift == 0 ? 0 : bits[word + 1] << (64 - shift);
      sum ^= row[i] & ((bits[word] >>> shift) | high);
    }
    return length == 0 ? 0 : Long.bitCount(sum) & 1;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static long[] words(byte[] raw) {
    ByteBuffer padded =
        ByteBuffer.wrap(Arrays.copyOf(raw, (raw.length + 7) / 8 * 8 + 16))
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    long[] words = new long[padded.remaining() / 8];
    padded.asLongBuffer().get(words);
    return words;
  }
}
