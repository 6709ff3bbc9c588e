package io.chancery.ledger.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Adds leaves to a tree and tells of every tile that is full. It remembers the right edge only: at
 * most one unfinished tile a level, so a tree of any size takes some kilobytes. For one thread.
 */
public final class TreeBuilder {
  /** 256^7 leaves are beyond 2^55: no level above this one is ever begun. */
  private static final int LEVELS = 8;

  private final Consumer<Tile> full;
  private final List<Edge> edges = new ArrayList<>();
  private long size;

  private TreeBuilder(long size, Consumer<Tile> full) {
    this.size = size;
    this.full = full;
  }

  /** An empty tree. */
  public static TreeBuilder empty(Consumer<Tile> full) {
    return new TreeBuilder(0, full);
  }

  /** A tree that goes on from {@code size} leaves, whose right edge is read from the tiles. */
  public static TreeBuilder from(HashTiles tiles, long size, Consumer<Tile> full) {
    TreeBuilder builder = new TreeBuilder(size, full);
    for (int level = 0; level < LEVELS && size >>> (8 * level) > 0; level++) {
      long n = size >>> (8 * level) >>> 8;
      int width = HashTiles.width(level, n, size);
      Edge edge = builder.edge(level);
      if (width > 0) {
        edge.fill(
            Subtrees.whole(new TilePath.Hashes(level, n, width), tiles.hashes(level, n, width)));
      }
    }
    return builder;
  }

  /** Adds the next leaf. */
  public void add(TreeHash leaf) {
    size++;
    TreeHash hash = leaf;
    for (int level = 0; ; level++) {
      Edge edge = edge(level);
      edge.add(hash);
      if (edge.width < HashTiles.WIDTH) {
        return;
      }
      byte[] hashes = edge.take();
      full.accept(new Tile(level, (size >>> (8 * (level + 1))) - 1, hashes));
      hash = Folding.root(hashes, 0, HashTiles.WIDTH);
    }
  }

  /** How many leaves the tree has. */
  public long size() {
    return size;
  }

  /** RFC 6962 s2.1: the root over all leaves so far. */
  public TreeHash root() {
    TreeHash root = TreeHash.EMPTY;
    boolean begun = false;
    for (Edge edge : edges) {
      // From the right: the complete subtrees of an edge stand with the largest first.
      for (int end = edge.width; end > 0; end -= Integer.lowestOneBit(end)) {
        int leaves = Integer.lowestOneBit(end);
        TreeHash part = Folding.root(edge.hashes, end - leaves, leaves);
        root = begun ? TreeHash.node(part, root) : part;
        begun = true;
      }
    }
    return root;
  }

  /** The unfinished tiles of the right edge, lowest level first; none is empty. */
  public List<Tile> partialTiles() {
    List<Tile> tiles = new ArrayList<>();
    for (int level = 0; level < edges.size(); level++) {
      Edge edge = edges.get(level);
      if (edge.width > 0) {
        tiles.add(new Tile(level, size >>> (8 * level) >>> 8, edge.copy()));
      }
    }
    return tiles;
  }

  private Edge edge(int level) {
    if (level == edges.size()) {
      edges.add(new Edge());
    }
    return edges.get(level);
  }

  /** The unfinished tile of a level. */
  private static final class Edge {
    private final byte[] hashes = new byte[HashTiles.WIDTH * TreeHash.LENGTH];
    private int width;

    void fill(byte[] from) {
      System.arraycopy(from, 0, hashes, 0, from.length);
      width = from.length / TreeHash.LENGTH;
    }

    void add(TreeHash hash) {
      hash.copyInto(hashes, width++);
    }

    byte[] copy() {
      return Arrays.copyOf(hashes, width * TreeHash.LENGTH);
    }

    byte[] take() {
      byte[] all = copy();
      width = 0;
      return all;
    }
  }
}
