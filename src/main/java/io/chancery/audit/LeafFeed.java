package io.chancery.audit;

import io.chancery.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** From the thread that reads the copy to the one that reads the database: what is signed. */
final class LeafFeed {
  private static final int AHEAD = 64;
  private static final long LOOK_MILLIS = 200;

  private final BlockingQueue<Leaves> queue = new ArrayBlockingQueue<>(AHEAD);
  private volatile boolean closed;

  /** As a reader of the copy: the entries themselves were hashed already. */
  void read(long first, Leaves signed, List<byte[]> entries) {
    put(signed);
  }

  private void put(Leaves leaves) {
    try {
      boolean taken = false;
      while (!taken && !closed) {
        taken = queue.offer(leaves, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  /** The next leaves in their order. */
  Leaves take() {
    try {
      while (true) {
        Leaves next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          return next;
        }
        if (closed && queue.isEmpty()) {
          throw new Failure.Unavailable("the audit", "reading the copy ended early", Duration.ZERO)
              .thrown();
        }
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  /** One of the two threads has ended: the other one must not wait for it. */
  void close() {
    closed = true;
  }

  private static RuntimeException interrupted(InterruptedException stop) {
    Thread.currentThread().interrupt();
    return new Failure.Unavailable("the audit", "was interrupted", Duration.ZERO).because(stop);
  }
}
