package io.chancery.audit.report;

/**
 * Where an entry stands: its leaf, and its row.
 *
 * @param leaf -1 while it waits for one
 */
public record Place(long leaf, long entry) implements Comparable<Place> {
  public static Place waiting(long entry) {
    return new Place(-1, entry);
  }

  public boolean isLeaf() {
    return leaf >= 0;
  }

  /** In the order of the roll; what waits comes after it. */
  @Override
  public int compareTo(Place other) {
    if (isLeaf() && other.isLeaf()) {
      return Long.compare(leaf, other.leaf);
    }
    if (isLeaf() != other.isLeaf()) {
      return isLeaf() ? -1 : 1;
    }
    return Long.compare(entry, other.entry);
  }

  @Override
  public String toString() {
    return isLeaf() ? "leaf " + leaf : "entry " + entry + " (without a leaf yet)";
  }
}
