package io.chancery.audit;

import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.TreeHash;
import java.util.Arrays;
import java.util.BitSet;

/** The leaf hashes of up to 256 entries side by side; some may be unknown. For one thread. */
final class Leaves {
  private final int width;
  private final byte[] hashes;
  private final BitSet known = new BitSet(HashTiles.WIDTH);

  Leaves(int width) {
    this.width = width;
    this.hashes = new byte[width * TreeHash.LENGTH];
  }

  int width() {
    return width;
  }

  void set(int slot, TreeHash hash) {
    System.arraycopy(hash.octets(), 0, hashes, slot * TreeHash.LENGTH, TreeHash.LENGTH);
    known.set(slot);
  }

  /** Takes what is unknown here from hashes that stand side by side. */
  void fillFrom(byte[] others) {
    int there = Math.min(width, others.length / TreeHash.LENGTH);
    for (int slot = known.nextClearBit(0); slot < there; slot = known.nextClearBit(slot + 1)) {
      set(slot, TreeHash.in(others, slot));
    }
  }

  /** The same of leaves of which some may be unknown as well. */
  void fillFrom(Leaves others) {
    for (int slot = 0; slot < Math.min(width, others.width); slot++) {
      if (!isKnown(slot) && others.isKnown(slot)) {
        set(slot, others.at(slot));
      }
    }
  }

  boolean isKnown(int slot) {
    return slot < width && known.get(slot);
  }

  boolean isWhole() {
    return known.cardinality() == width;
  }

  TreeHash at(int slot) {
    return TreeHash.in(hashes, slot);
  }

  /** The first known slot from {@code from} on that is another in these hashes; -1 if none is. */
  int firstOther(int from, byte[] others) {
    for (int slot = from; slot < Math.min(width, others.length / TreeHash.LENGTH); slot++) {
      int start = slot * TreeHash.LENGTH;
      int end = start + TreeHash.LENGTH;
      if (known.get(slot) && !Arrays.equals(hashes, start, end, others, start, end)) {
        return slot;
      }
    }
    return -1;
  }
}
