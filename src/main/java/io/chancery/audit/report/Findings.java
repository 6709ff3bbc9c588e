package io.chancery.audit.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Collects from several threads; of each kind only the first ones are kept, all are counted. */
public final class Findings {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::kind)
          .thenComparing(finding -> finding.leaf().orElse(Long.MAX_VALUE))
          .thenComparing(Finding::what);

  private final int kept;
  private final Map<FindingKind, TreeSet<Finding>> first = new EnumMap<>(FindingKind.class);
  private final Map<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);

  public Findings(int kept) {
    this.kept = kept;
  }

  public void at(long leaf, FindingKind kind, String what) {
    add(new Finding(kind, OptionalLong.of(leaf), what));
  }

  /** About an entry that may still wait for its leaf. */
  public void about(Place place, FindingKind kind, String what) {
    add(
        new Finding(
            kind,
            place.isLeaf() ? OptionalLong.of(place.leaf()) : OptionalLong.empty(),
            place.isLeaf() ? what : what + " (entry " + place.entry() + ", without a leaf yet)"));
  }

  public void nowhere(FindingKind kind, String what) {
    add(new Finding(kind, OptionalLong.empty(), what));
  }

  private synchronized void add(Finding finding) {
    TreeSet<Finding> its = first.computeIfAbsent(finding.kind(), any -> new TreeSet<>(ORDER));
    its.add(finding);
    if (its.size() > kept) {
      its.removeLast();
    }
    counts.merge(finding.kind(), 1L, Long::sum);
  }

  public synchronized long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  public synchronized Map<FindingKind, Long> counts() {
    return new EnumMap<>(counts);
  }

  /** The most important ones, each kind in the order of the leaves. */
  public synchronized List<Finding> top() {
    List<Finding> top = new ArrayList<>();
    first.values().forEach(top::addAll);
    return List.copyOf(top.subList(0, Math.min(kept, top.size())));
  }
}
