package io.chancery.ledger.tree;

import io.chancery.Failure;
import java.util.HashMap;
import java.util.Map;

/** The roots of subtrees of one tree; each tile is asked for once. */
final class Subtrees {
  private final HashTiles tiles;
  private final long size;
  private final Map<TilePath, byte[]> read = new HashMap<>();

  Subtrees(HashTiles tiles, long size) {
    this.tiles = tiles;
    this.size = size;
  }

  /**
   * MTH(D[start:end]); RFC 6962 s2.1 only ever asks for a start that is a multiple of the next
   * power of two.
   */
  TreeHash root(long start, long end) {
    long leaves = end - start;
    if (Long.bitCount(leaves) == 1) {
      return complete(Long.numberOfTrailingZeros(leaves), start);
    }
    long middle = start + split(leaves);
    return TreeHash.node(root(start, middle), root(middle, end));
  }

  /** RFC 6962 s2.1: the largest power of two smaller than n. */
  static long split(long n) {
    return Long.highestOneBit(n - 1);
  }

  /** The root of the complete subtree of 2^height leaves that begins at leaf {@code start}. */
  private TreeHash complete(int height, long start) {
    int level = height / 8;
    int leaves = 1 << (height % 8);
    long first = start >>> (8 * level);
    byte[] hashes = tile(level, first / HashTiles.WIDTH);
    return Folding.root(hashes, (int) (first % HashTiles.WIDTH), leaves);
  }

  private byte[] tile(int level, long n) {
    int width = HashTiles.width(level, n, size);
    TilePath path = new TilePath.Hashes(level, n, width);
    return read.computeIfAbsent(path, any -> whole(path, tiles.hashes(level, n, width)));
  }

  /** A source that gives too little must not end in an index out of bounds. */
  static byte[] whole(TilePath path, byte[] hashes) {
    int expected = path.width() * TreeHash.LENGTH;
    if (hashes.length != expected) {
      throw new Failure.Malformed(
              "tile",
              path.toString(),
              hashes.length + " octets where " + expected + " belong",
              "C2SP tlog-tiles, Merkle Tree")
          .thrown();
    }
    return hashes;
  }
}
