package io.chancery.ledger.tree;

/** Hashes that stand side by side in a tile, folded into one. */
final class Folding {
  private Folding() {}

  /** The root over {@code count} hashes, a power of two, from the place {@code first} on. */
  static TreeHash root(byte[] hashes, int first, int count) {
    if (count == 1) {
      return TreeHash.in(hashes, first);
    }
    int half = count / 2;
    return TreeHash.node(root(hashes, first, half), root(hashes, first + half, half));
  }
}
