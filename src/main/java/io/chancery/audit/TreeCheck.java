package io.chancery.audit;

import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.Tile;
import io.chancery.ledger.tree.TreeBuilder;
import io.chancery.ledger.tree.TreeHash;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the tree over entries anew and holds every kept tile against it. Where an entry and its
 * tile disagree, the tile above says which of the two is the signed one. For one thread.
 */
final class TreeCheck {
  private final TileSource kept;
  private final long size;
  private final Differences differences;
  private final Map<Long, Optional<TreeHash>> roots = new HashMap<>();
  private final TreeBuilder builder;
  private boolean broken;

  /** Told of what differs. */
  interface Differences {
    /** The entry is another than the one whose hash stands in the tree. */
    void entry(long leaf, TreeHash found, TreeHash expected);

    /** The tile is not what the entries add up to, from this leaf on. */
    void tile(long leaf, String tile, String how);

    /** The tile is not there. */
    void missing(long leaf, String tile);
  }

  /**
   * @param rootsAt sizes to tell the root of
   */
  TreeCheck(TileSource kept, long size, Collection<Long> rootsAt, Differences differences) {
    this.kept = kept;
    this.size = size;
    this.differences = differences;
    this.builder = TreeBuilder.empty(this::compare);
    rootsAt.forEach(at -> roots.put(at, Optional.empty()));
    noteRoot();
  }

  /** The root over so many leaves; empty where leaves before it are lost. */
  Optional<TreeHash> rootAt(long leaves) {
    return roots.getOrDefault(leaves, Optional.empty());
  }

  /** The next entries; returns what stands in the tree for them, as far as it is known. */
  Leaves add(Leaves computed, Optional<TreeHash> signedRoot) {
    long n = builder.size() / HashTiles.WIDTH;
    long first = n * HashTiles.WIDTH;
    Optional<byte[]> tile = kept.hashes(0, n, computed.width());
    if (tile.isEmpty()) {
      differences.missing(first, kept.name(0, n, computed.width()));
      return put(computed);
    }
    return put(chosen(n, computed, tile.get(), signedRoot));
  }

  /** The same for entries that are known to be the signed ones. */
  void addSigned(Leaves signed) {
    long n = builder.size() / HashTiles.WIDTH;
    Optional<byte[]> tile = kept.hashes(0, n, signed.width());
    if (tile.isEmpty()) {
      differences.missing(n * HashTiles.WIDTH, kept.name(0, n, signed.width()));
    } else {
      tileDiffers(n, signed, tile.get());
    }
    put(signed);
  }

  /** After the last entries: the tiles at the right edge. */
  void end() {
    if (!broken) {
      builder.partialTiles().stream().filter(tile -> tile.level() > 0).forEach(this::compare);
    }
  }

  private Leaves chosen(long n, Leaves computed, byte[] tile, Optional<TreeHash> signedRoot) {
    int other = computed.firstOther(0, tile);
    boolean cut = tile.length != computed.width() * TreeHash.LENGTH;
    if (other < 0 && !cut) {
      computed.fillFrom(tile);
      return computed;
    }
    if (!cut && isVouchedFor(n, tile, signedRoot)) {
      for (int slot = other; slot >= 0; slot = computed.firstOther(slot + 1, tile)) {
        long leaf = n * HashTiles.WIDTH + slot;
        differences.entry(leaf, computed.at(slot), TreeHash.in(tile, slot));
      }
      Leaves signed = new Leaves(computed.width());
      signed.fillFrom(tile);
      return signed;
    }
    tileDiffers(n, computed, tile);
    computed.fillFrom(tile);
    return computed;
  }

  private void tileDiffers(long n, Leaves computed, byte[] tile) {
    long first = n * HashTiles.WIDTH;
    int expected = computed.width() * TreeHash.LENGTH;
    String name = kept.name(0, n, computed.width());
    int other = computed.firstOther(0, tile);
    if (other >= 0) {
      differences.tile(first + other, name, "does not hold the hash of this entry");
    } else if (tile.length != expected) {
      differences.tile(
          first + Math.min(tile.length, expected) / TreeHash.LENGTH,
          name,
          "has " + tile.length + " octets instead of " + expected);
    }
  }

  /** Whether a whole tile is what the tile above it says, or the signed root at the edge. */
  private boolean isVouchedFor(long n, byte[] tile, Optional<TreeHash> signedRoot) {
    if (tile.length < HashTiles.WIDTH * TreeHash.LENGTH) {
      return !broken && signedRoot.isPresent() && rootWith(tile).equals(signedRoot.get());
    }
    int slot = (int) (n % HashTiles.WIDTH);
    return kept.hashes(1, n / HashTiles.WIDTH, HashTiles.width(1, n / HashTiles.WIDTH, size))
        .filter(above -> above.length >= (slot + 1) * TreeHash.LENGTH)
        .map(above -> TreeHash.in(above, slot).equals(rootOf(tile)))
        .orElse(false);
  }

  private static TreeHash rootOf(byte[] tile) {
    TreeBuilder alone = TreeBuilder.empty(any -> {});
    addAll(alone, tile);
    return alone.root();
  }

  /** The root if the tree went on with this tile. */
  private TreeHash rootWith(byte[] tile) {
    List<Tile> edge = builder.partialTiles();
    HashTiles edges =
        (level, n, width) ->
            edge.stream()
                .filter(one -> one.level() == level && one.n() == n)
                .findFirst()
                .map(Tile::hashes)
                .orElse(new byte[0]);
    TreeBuilder fork = TreeBuilder.from(edges, builder.size(), any -> {});
    addAll(fork, tile);
    return fork.root();
  }

  private static void addAll(TreeBuilder to, byte[] tile) {
    for (int i = 0; i < tile.length / TreeHash.LENGTH; i++) {
      to.add(TreeHash.in(tile, i));
    }
  }

  private Leaves put(Leaves leaves) {
    broken |= !leaves.isWhole();
    for (int slot = 0; slot < leaves.width(); slot++) {
      // What is lost is a zero in the tree that nobody compares: only the count goes on.
      builder.add(leaves.at(slot));
      noteRoot();
    }
    return leaves;
  }

  private void noteRoot() {
    if (!broken && roots.containsKey(builder.size())) {
      roots.put(builder.size(), Optional.of(builder.root()));
    }
  }

  private void compare(Tile computed) {
    if (broken || computed.level() == 0) {
      return; // level 0 was held against the entries themselves
    }
    long span = 1L << (8 * computed.level());
    long first = computed.n() * HashTiles.WIDTH * span;
    String name = kept.name(computed.level(), computed.n(), computed.width());
    Optional<byte[]> tile = kept.hashes(computed.level(), computed.n(), computed.width());
    if (tile.isEmpty()) {
      differences.missing(first, name);
      return;
    }
    int at = Arrays.mismatch(computed.hashes(), tile.get());
    if (at >= 0) {
      differences.tile(first + at / TreeHash.LENGTH * span, name, "differs from the level below");
    }
  }
}
