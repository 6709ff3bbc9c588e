package io.chancery.ledger.tree;

/** Where the tiles of a tree are read from: a table, a folder, memory. */
@FunctionalInterface
public interface HashTiles {
  /** Hashes in a full tile: C2SP tlog-tiles, height 8. */
  int WIDTH = 256;

  /**
   * The first {@code width} hashes of tile {@code n} at {@code level}, side by side, from the tile
   * of that width or from a wider one; a typed failure where there are not so many.
   */
  byte[] hashes(int level, long n, int width);

  /**
   * How many hashes tile {@code n} at {@code level} has in a tree of {@code size} leaves: 0 to 256.
   */
  static int width(int level, long n, long size) {
    long before = n * WIDTH;
    long complete = level > 7 ? 0 : size >>> (8 * level);
    return (int) Math.clamp(complete - before, 0, WIDTH);
  }
}
