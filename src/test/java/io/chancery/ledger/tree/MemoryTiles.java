package io.chancery.ledger.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Tiles in memory, as a table or a folder would keep them: the widest of each. */
public final class MemoryTiles implements HashTiles {
  private final Map<String, byte[]> kept = new HashMap<>();

  public void keep(Tile tile) {
    kept.put(tile.level() + "/" + tile.n(), tile.hashes());
  }

  /** The tree over these leaves. */
  public static MemoryTiles over(Iterable<TreeHash> leaves) {
    MemoryTiles tiles = new MemoryTiles();
    TreeBuilder builder = TreeBuilder.empty(tiles::keep);
    leaves.forEach(builder::add);
    builder.partialTiles().forEach(tiles::keep);
    return tiles;
  }

  int count() {
    return kept.size();
  }

  int widthOf(int level, long n) {
    return kept.getOrDefault(level + "/" + n, new byte[0]).length / TreeHash.LENGTH;
  }

  @Override
  public byte[] hashes(int level, long n, int width) {
    byte[] all = kept.getOrDefault(level + "/" + n, new byte[0]);
    return Arrays.copyOf(all, Math.min(all.length, width * TreeHash.LENGTH));
  }
}
