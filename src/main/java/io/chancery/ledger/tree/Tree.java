package io.chancery.ledger.tree;

import io.chancery.Failure;
import java.util.ArrayList;
import java.util.List;

/** Roots and proofs of RFC 6962 s2.1, read out of tiles. A tree of any earlier size is in them. */
public final class Tree {
  private Tree() {}

  /** RFC 6962 s2.1: the root of the first {@code size} leaves. */
  public static TreeHash root(HashTiles tiles, long size) {
    checkSize(size);
    return size == 0 ? TreeHash.EMPTY : new Subtrees(tiles, size).root(0, size);
  }

  /** RFC 6962 s2.1.1: the audit path of a leaf. */
  public static Inclusion inclusion(HashTiles tiles, long index, long size) {
    checkWithin("index", index, size - 1);
    Subtrees subtrees = new Subtrees(tiles, size);
    List<TreeHash> path = new ArrayList<>();
    long start = 0;
    long end = size;
    while (end - start > 1) {
      long middle = start + Subtrees.split(end - start);
      if (index < middle) {
        path.addFirst(subtrees.root(middle, end));
        end = middle;
      } else {
        path.addFirst(subtrees.root(start, middle));
        start = middle;
      }
    }
    return new Inclusion(index, size, path);
  }

  /** RFC 6962 s2.1.2: the proof that the tree of {@code old} leaves is a beginning of this one. */
  public static Consistency consistency(HashTiles tiles, long old, long size) {
    checkWithin("old size", old, size);
    List<TreeHash> path = new ArrayList<>();
    if (old == 0 || old == size) {
      return new Consistency(old, size, path);
    }
    Subtrees subtrees = new Subtrees(tiles, size);
    long start = 0;
    long end = size;
    while (end != old) {
      long middle = start + Subtrees.split(end - start);
      if (old <= middle) {
        path.addFirst(subtrees.root(middle, end));
        end = middle;
      } else {
        path.addFirst(subtrees.root(start, middle));
        start = middle;
      }
    }
    // SUBPROOF(m, D[m], true) is empty: the verifier knows the old root itself.
    if (start != 0) {
      path.addFirst(subtrees.root(start, end));
    }
    return new Consistency(old, size, path);
  }

  private static void checkSize(long size) {
    if (size < 0) {
      throw new Failure.Malformed("tree", "", "a size of " + size, "RFC 6962 s2.1").thrown();
    }
  }

  private static void checkWithin(String what, long value, long most) {
    if (value < 0 || value > most) {
      throw new Failure.Malformed(
              "proof", "", what + " " + value + " is not between 0 and " + most, "RFC 6962 s2.1")
          .thrown();
    }
  }
}
