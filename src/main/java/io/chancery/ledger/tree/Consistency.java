package io.chancery.ledger.tree;

import java.util.List;

/**
 * The proof that a tree of {@code size} leaves begins with the tree of {@code old} leaves: RFC 6962
 * s2.1.2. It is empty where there is nothing to prove: from an empty tree, or between equal sizes.
 */
public record Consistency(long old, long size, List<TreeHash> path) {
  public Consistency {
    path = List.copyOf(path);
  }

  /** RFC 9162 s2.1.4.2: whether it leads to both of these roots. */
  public boolean holds(TreeHash oldRoot, TreeHash root) {
    if (old < 0 || old > size) {
      return false;
    }
    if (old == 0) {
      return path.isEmpty() && oldRoot.equals(TreeHash.EMPTY);
    }
    if (old == size) {
      return path.isEmpty() && oldRoot.equals(root);
    }
    // The old root is a node of the tree itself where its size is a power of two.
    boolean own = Long.bitCount(old) == 1;
    if (!own && path.isEmpty()) {
      return false;
    }
    TreeHash first = own ? oldRoot : path.getFirst();
    return climb(first, own ? path : path.subList(1, path.size()), oldRoot, root);
  }

  private boolean climb(TreeHash first, List<TreeHash> rest, TreeHash oldRoot, TreeHash root) {
    int complete = Long.numberOfTrailingZeros(old);
    long fn = (old - 1) >>> complete;
    long sn = (size - 1) >>> complete;
    TreeHash fr = first;
    TreeHash sr = first;
    for (TreeHash c : rest) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = TreeHash.node(c, fr);
        sr = TreeHash.node(c, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>>= 1;
          sn >>>= 1;
        }
      } else {
        sr = TreeHash.node(sr, c);
      }
      fn >>>= 1;
      sn >>>= 1;
    }
    return sn == 0 && fr.equals(oldRoot) && sr.equals(root);
  }
}
