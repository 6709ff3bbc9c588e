package io.chancery.hsm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the token, in two shares. Questions about status come from anybody and in any
 * number; what the authority itself must sign never waits behind them.
 */
final class SigningQueue<T> {
  /** Whose work it is. */
  enum Share {
    STATUS,
    REST;

    static Share of(Purpose purpose) {
      return switch (purpose) {
        case OCSP -> STATUS;
        case CERTIFICATE, CRL, CHECKPOINT, FILTER, REQUEST, PROOF, RECEIPT, OTHER -> REST;
      };
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition forAnyone = lock.newCondition();
  private final Condition forTheReserved = lock.newCondition();
  private final Queue<T> status = new ArrayDeque<>();
  private final Queue<T> rest = new ArrayDeque<>();
  private final int statusMost;
  private final int restMost;

  SigningQueue(int statusMost, int restMost) {
    this.statusMost = statusMost;
    this.restMost = restMost;
  }

  /** Empty-handed where this share is full; the other share does not matter. */
  boolean offer(Share share, T work) {
    lock.lock();
    try {
      Queue<T> queue = share == Share.STATUS ? status : rest;
      if (queue.size() >= (share == Share.STATUS ? statusMost : restMost)) {
        return false;
      }
      queue.add(work);
      forAnyone.signal();
      if (share == Share.REST) {
        forTheReserved.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next work, status last. */
  T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (rest.isEmpty() && status.isEmpty()) {
        forAnyone.await();
      }
      return rest.isEmpty() ? status.remove() : rest.remove();
    } finally {
      lock.unlock();
    }
  }

  /** The next work that is not about status. */
  T takeReserved() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (rest.isEmpty()) {
        forTheReserved.await();
      }
      return rest.remove();
    } finally {
      lock.unlock();
    }
  }

  int size(Share share) {
    lock.lock();
    try {
      return (share == Share.STATUS ? status : rest).size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything away. */
  List<T> drain() {
    lock.lock();
    try {
      List<T> left = new ArrayList<>(rest);
      left.addAll(status);
      rest.clear();
      status.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
