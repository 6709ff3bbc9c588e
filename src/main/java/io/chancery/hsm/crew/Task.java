package io.chancery.hsm.crew;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Work with its outcome; one that nobody waits for any more is not begun. */
final class Task<S, T> extends CompletableFuture<T> {
  private final Function<S, T> work;
  private final long limit;
  private volatile long begun;

  /** {@code limit}: a call that takes longer does not come back. */
  Task(Duration limit, Function<S, T> work) {
    this.limit = limit.toNanos();
    this.work = work;
  }

  void run(S post) {
    // In this order: whoever cancels it and sees that it was not begun knows that it never will be.
    begun = System.nanoTime() | 1;
    if (isDone()) {
      return;
    }
    try {
      complete(work.apply(post));
    } catch (RuntimeException | Error failed) {
      completeExceptionally(failed);
    }
  }

  boolean wasBegun() {
    return begun != 0;
  }

  /** Whether it has been at work for longer than its limit, or than {@code patience}. */
  boolean isOverdue(Duration patience, long now) {
    long since = begun;
    return since != 0 && now - since > Math.min(limit, patience.toNanos());
  }

  boolean isOverdue(long now) {
    long since = begun;
    return since != 0 && now - since > limit;
  }

  /** Whether it may take no longer than others. */
  boolean isUsual(Duration usual) {
    return limit <= usual.toNanos();
  }
}
