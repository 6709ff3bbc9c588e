package io.chancery.filter;

import java.util.Arrays;
import java.util.function.Predicate;

/** Keys in 16 octets each. */
final class KeyList {
  private long[] words = new long[1024];
  private int size;

  void add(RevocationFilter.Key key) {
    if (2 * size + 2 > words.length) {
      words = Arrays.copyOf(words, Math.multiplyExact(words.length / 2, 3));
    }
    words[2 * size] = key.a();
    words[2 * size + 1] = key.b();
    size++;
  }

  int size() {
    return size;
  }

  RevocationFilter.Key get(int index) {
    return new RevocationFilter.Key(words[2 * index], words[2 * index + 1]);
  }

  /** Whether a key is among those that are here now. */
  Predicate<RevocationFilter.Key> members() {
    // Open addressing, at most half full: 8 to 16 octets a key.
    int[] places = new int[Integer.highestOneBit(Math.max(1, size)) * 4];
    for (int i = 0; i < size; i++) {
      int at = (int) words[2 * i] & (places.length - 1);
      while (places[at] != 0) {
        at = (at + 1) & (places.length - 1);
      }
      places[at] = i + 1;
    }
    return key -> {
      int at = (int) key.a() & (places.length - 1);
      while (places[at] != 0 && !get(places[at] - 1).equals(key)) {
        at = (at + 1) & (places.length - 1);
      }
      return places[at] != 0;
    };
  }
}
