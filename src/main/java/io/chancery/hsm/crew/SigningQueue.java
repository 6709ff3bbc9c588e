package io.chancery.hsm.crew;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the token, each share apart. A share that is full refuses its own; whoever takes
 * work looks into the shares in the order of its place.
 */
final class SigningQueue<T> {
  /** So often a place begins with the share that it likes least: nobody waits for ever. */
  private static final int TURN = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Share, Queue<T>> shares = new EnumMap<>(Share.class);
  private final Map<Share, Integer> most;
  private final List<Place> idle = new ArrayList<>();

  SigningQueue(Map<Share, Integer> most) {
    this.most = new EnumMap<>(most);
    for (Share share : Share.values()) {
      shares.put(share, new ArrayDeque<>());
    }
  }

  /** Where one thread takes its work. */
  final class Place {
    private final List<Share> serves;
    private final Condition called = lock.newCondition();
    private int turn;

    Place(List<Share> serves) {
      this.serves = List.copyOf(serves);
    }

    T take() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        Optional<T> work = next();
        while (work.isEmpty()) {
          idle.add(this);
          try {
            called.await();
          } finally {
            idle.remove(this);
          }
          work = next();
        }
        return work.get();
      } finally {
        lock.unlock();
      }
    }

    private Optional<T> next() {
      turn = (turn + 1) % TURN;
      for (Share share : turn == 0 ? serves.reversed() : serves) {
        Optional<T> work = Optional.ofNullable(waiting(share).poll());
        if (work.isPresent()) {
          return work;
        }
      }
      return Optional.empty();
    }
  }

  Place place(List<Share> serves) {
    return new Place(serves);
  }

  /** Empty-handed where this share is full; the others do not matter. */
  boolean offer(Share share, T work) {
    lock.lock();
    try {
      Queue<T> queue = waiting(share);
      if (queue.size() >= most.getOrDefault(share, 0)) {
        return false;
      }
      queue.add(work);
      call(share);
      return true;
    } finally {
      lock.unlock();
    }
  }

  int size(Share share) {
    lock.lock();
    try {
      return waiting(share).size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything away. */
  List<T> drain() {
    lock.lock();
    try {
      List<T> left = new ArrayList<>();
      for (Queue<T> queue : shares.values()) {
        left.addAll(queue);
        queue.clear();
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** The idle place that likes this share best; one that was called is not called again. */
  private void call(Share share) {
    int best = -1;
    int liked = Integer.MAX_VALUE;
    for (int i = 0; i < idle.size(); i++) {
      int rank = idle.get(i).serves.indexOf(share);
      if (rank >= 0 && rank < liked) {
        best = i;
        liked = rank;
      }
    }
    if (best >= 0) {
      idle.remove(best).called.signal();
    }
  }

  private Queue<T> waiting(Share share) {
    Queue<T> queue = shares.get(share);
    if (queue == null) {
      throw new IllegalStateException("no queue for " + share);
    }
    return queue;
  }
}
