package io.chancery.ledger.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** RFC 6962 s2.1 to the letter: slow, and obviously right. */
final class NaiveTree {
  private NaiveTree() {}

  static List<TreeHash> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> TreeHash.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  static TreeHash root(List<TreeHash> d) {
    if (d.isEmpty()) {
      return TreeHash.EMPTY;
    }
    if (d.size() == 1) {
      return d.getFirst();
    }
    int k = k(d.size());
    return TreeHash.node(root(d.subList(0, k)), root(d.subList(k, d.size())));
  }

  static List<TreeHash> path(int m, List<TreeHash> d) {
    if (d.size() == 1) {
      return List.of();
    }
    int k = k(d.size());
    List<TreeHash> left = d.subList(0, k);
    List<TreeHash> right = d.subList(k, d.size());
    return m < k ? then(path(m, left), root(right)) : then(path(m - k, right), root(left));
  }

  static List<TreeHash> proof(int m, List<TreeHash> d) {
    return m == 0 ? List.of() : subproof(m, d, Whole.YES);
  }

  private enum Whole {
    YES,
    NO
  }

  private static List<TreeHash> subproof(int m, List<TreeHash> d, Whole b) {
    if (m == d.size()) {
      return b == Whole.YES ? List.of() : List.of(root(d));
    }
    int k = k(d.size());
    List<TreeHash> left = d.subList(0, k);
    List<TreeHash> right = d.subList(k, d.size());
    return m <= k
        ? then(subproof(m, left, b), root(right))
        : then(subproof(m - k, right, Whole.NO), root(left));
  }

  private static List<TreeHash> then(List<TreeHash> before, TreeHash last) {
    List<TreeHash> all = new ArrayList<>(before);
    all.add(last);
    return all;
  }

  private static int k(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }
}
