package io.chancery.audit;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
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
    for (int from = 0; from < first.size(); ) {
      from = reportRun(from, homes, findings);
    }
    if (count > first.size()) {
      findings.at(
          first.getLast().leaf() + 1,
          FindingKind.ENTRY_DIFFERS,
          (count - first.size()) + " more entries up to leaf " + last + " differ " + where);
    }
  }

  /** One finding for entries side by side with the same fate; returns where the next run begins. */
  private int reportRun(int from, Map<TreeHash, Long> homes, Findings findings) {
    Mismatch one = first.get(from);
    Optional<Long> home = Optional.ofNullable(homes.get(one.found()));
    int next = from + 1;
    while (next < first.size()
        && first.get(next).leaf() == first.get(next - 1).leaf() + 1
        && shift(first.get(next), homes).equals(shift(one, homes))) {
      next++;
    }
    long more = next - from - 1L;
    findings.at(
        one.leaf(),
        home.isPresent() ? FindingKind.ENTRY_MOVED : FindingKind.ENTRY_DIFFERS,
        home.map(at -> "the entry of leaf " + at + " stands in its place " + where)
                .orElse("the entry was changed " + where)
            + (more > 0 ? ", and so for " + more + " more up to " + (one.leaf() + more) : ""));
    return next;
  }

  /** How far from its own place an entry stands; empty where it has none. */
  private static Optional<Long> shift(Mismatch one, Map<TreeHash, Long> homes) {
    return Optional.ofNullable(homes.get(one.found())).map(home -> home - one.leaf());
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
