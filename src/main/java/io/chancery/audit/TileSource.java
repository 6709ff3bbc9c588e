package io.chancery.audit;

import java.util.Optional;

/** Where hash tiles are kept: files, or rows. */
interface TileSource {
  /** The first {@code width} hashes of a tile, or fewer where it is cut; empty where it is gone. */
  Optional<byte[]> hashes(int level, long n, int width);

  /** What to call the tile in a finding. */
  String name(int level, long n, int width);
}
