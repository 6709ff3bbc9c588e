package io.chancery.ledger.tree;

import java.util.List;

/** The proof that a leaf stands at its index in a tree: the audit path of RFC 6962 s2.1.1. */
public record Inclusion(long index, long size, List<TreeHash> path) {
  public Inclusion {
    path = List.copyOf(path);
  }

  /** RFC 9162 s2.1.3.2: whether it leads from this leaf's hash to this root. */
  public boolean holds(TreeHash leaf, TreeHash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    TreeHash r = leaf;
    for (TreeHash p : path) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        r = TreeHash.node(p, r);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>>= 1;
          sn >>>= 1;
        }
      } else {
        r = TreeHash.node(r, p);
      }
      fn >>>= 1;
      sn >>>= 1;
    }
    return sn == 0 && r.equals(root);
  }
}
