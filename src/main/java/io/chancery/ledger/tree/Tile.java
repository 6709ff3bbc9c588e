package io.chancery.ledger.tree;

import java.util.Arrays;

/**
 * A tile of hashes: the tile {@code n} of its level, full or as wide as it is.
 *
 * @param hashes 1 to 256 hashes side by side
 */
@SuppressWarnings("ArrayRecordComponent") // a tile is made once and handed on, 8 kB each
public record Tile(int level, long n, byte[] hashes) {
  public int width() {
    return hashes.length / TreeHash.LENGTH;
  }

  public TilePath path() {
    return new TilePath.Hashes(level, n, width());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tile(int itsLevel, long itsN, byte[] itsHashes)
        && level == itsLevel
        && n == itsN
        && Arrays.equals(hashes, itsHashes);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(n) + level + Arrays.hashCode(hashes);
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
