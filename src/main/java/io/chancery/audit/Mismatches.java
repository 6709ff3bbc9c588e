package io.chancery.audit;

import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.TreeHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries that are not the ones in the tree. At the end the tiles are read once more to tell an
 * entry that was edited from one that was put in another's place.
 */
final class Mismatches {
  private static final int REMEMBERED = 1000;

  private record Mismatch(long leaf, TreeHash found) {}

  private final String where;
  private final List<Mismatch> first = new ArrayList<>();
  private long count;
  private long last;

  /**
   * @param where "in the copy" or "in the database"
   */
  Mismatches(String where) {
    this.where = where;
  }

  void add(long leaf, TreeHash found) {
    if (first.size() < REMEMBERED) {
      first.add(new Mismatch(leaf, found));
    }
    count++;
    last = leaf;
  }

  /** Reports them, held against the hashes of the signed tree. */
  void report(TileSource tree, long size, Findings findings) {
    if (first.isEmpty()) {
      return;
    }
    Map<TreeHash, Long> homes = homes(tree, size);
    for (Mismatch one : first) {
      Optional<Long> home = Optional.ofNullable(homes.get(one.found()));
      FindingKind kind = home.isPresent() ? FindingKind.ENTRY_MOVED : FindingKind.ENTRY_DIFFERS;
      findings.at(
          one.leaf(),
          kind,
          home.map(at -> "the entry of leaf " + at + " stands in its place " + where)
              .orElse("the entry was changed " + where));
    }
    if (count > first.size()) {
      findings.at(
          first.getLast().leaf() + 1,
          FindingKind.ENTRY_DIFFERS,
          (count - first.size()) + " more entries up to leaf " + last + " differ " + where);
    }
  }

  private Map<TreeHash, Long> homes(TileSource tree, long size) {
    Map<TreeHash, Long> homes = new HashMap<>();
    first.forEach(one -> homes.put(one.found(), -1L));
    for (long n = 0; n * HashTiles.WIDTH < size; n++) {
      byte[] hashes = tree.hashes(0, n, HashTiles.width(0, n, size)).orElse(new byte[0]);
      for (int slot = 0; slot < hashes.length / TreeHash.LENGTH; slot++) {
        long leaf = n * HashTiles.WIDTH + slot;
        homes.computeIfPresent(
            TreeHash.in(hashes, slot), (hash, before) -> before < 0 ? leaf : before);
      }
    }
    homes.values().removeIf(leaf -> leaf < 0);
    return homes;
  }
}
