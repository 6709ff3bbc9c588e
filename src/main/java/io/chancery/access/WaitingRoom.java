package io.chancery.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who waits, and who is next: each group in its own order, the groups in turn. Not safe for threads
 * by itself.
 */
final class WaitingRoom<T> {
  /** The group whose turn is next stands first; one that was served goes to the end. */
  private final Map<String, Deque<T>> groups = new LinkedHashMap<>();

  private int waiting;

  int waiting() {
    return waiting;
  }

  /**
   * Lets somebody into a room of so many places; whoever finds none is returned. In a full room
   * that is the last of the largest group, where the newcomer's would stay smaller than that.
   */
  Optional<T> enter(String group, T one, int places) {
    if (waiting < places) {
      add(group, one);
      return Optional.empty();
    }
    Optional<Map.Entry<String, Deque<T>>> larger = larger(group);
    if (larger.isEmpty()) {
      return Optional.of(one);
    }
    T last = larger.get().getValue().getLast();
    leave(larger.get().getKey(), last);
    add(group, one);
    return Optional.of(last);
  }

  /** Whether one of this group would not be returned. */
  boolean hasPlace(String group, int places) {
    return waiting < places || larger(group).isPresent();
  }

  /** The largest group, where this one stays smaller with one more. */
  private Optional<Map.Entry<String, Deque<T>>> larger(String group) {
    int mine = groups.containsKey(group) ? groups.get(group).size() : 0;
    return groups.entrySet().stream()
        .max(Comparator.comparingInt(entry -> entry.getValue().size()))
        .filter(largest -> largest.getValue().size() > mine + 1);
  }

  boolean hasWaiting(String group) {
    return groups.containsKey(group);
  }

  /** The next one of a group that may have one more, who leaves the room. */
  Optional<T> next(Predicate<String> mayHaveOneMore) {
    Optional<Map.Entry<String, Deque<T>>> first =
        groups.entrySet().stream().filter(one -> mayHaveOneMore.test(one.getKey())).findFirst();
    return first.map(
        entry -> {
          String group = entry.getKey();
          Deque<T> queue = entry.getValue();
          T one = queue.removeFirst();
          waiting--;
          groups.remove(group);
          if (!queue.isEmpty()) {
            groups.put(group, queue);
          }
          return one;
        });
  }

  /** Somebody waits no longer; false where it was called or turned out before. */
  boolean leave(String group, T one) {
    Deque<T> queue = groups.getOrDefault(group, new ArrayDeque<>());
    boolean was = queue.removeLastOccurrence(one);
    if (was) {
      waiting--;
      if (queue.isEmpty()) {
        groups.remove(group);
      }
    }
    return was;
  }

  /** All of whom this is true leave, as long as they stand before all others of their group. */
  List<T> turnOut(Predicate<T> whom) {
    List<T> out = new ArrayList<>();
    for (Iterator<Deque<T>> each = groups.values().iterator(); each.hasNext(); ) {
      Deque<T> queue = each.next();
      while (!queue.isEmpty() && whom.test(queue.getFirst())) {
        out.add(queue.removeFirst());
      }
      if (queue.isEmpty()) {
        each.remove();
      }
    }
    waiting -= out.size();
    return out;
  }

  private void add(String group, T one) {
    groups.computeIfAbsent(group, same -> new ArrayDeque<>()).addLast(one);
    waiting++;
  }
}
