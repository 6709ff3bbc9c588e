package io.chancery.hsm;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Platform threads that work at the token, one a session. Calls into a native library pin a virtual
 * thread's carrier, so callers hand their work over here and wait; what does not fit into the queue
 * is refused at once.
 */
final class SigningThreads implements AutoCloseable {
  private static final Duration FULL = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final BlockingQueue<Task<?>> queue;
  private final List<Thread> threads = new ArrayList<>();
  private final Supplier<Seat> seats;
  private volatile boolean closed;

  SigningThreads(String name, int count, int waiting, Supplier<Seat> seats) {
    this.queue = new ArrayBlockingQueue<>(waiting);
    this.seats = seats;
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().name("hsm-" + name + "-" + i).start(this::serve));
    }
  }

  /** Waits for the work's outcome, for as long as {@code patience}. */
  <T> T call(Duration patience, Function<Seat, T> work) {
    Task<T> task = new Task<>(work);
    if (closed) {
      throw away("it was closed").thrown();
    }
    if (!queue.offer(task)) {
      throw new Failure.Busy("HSM", FULL).thrown();
    }
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(false);
      throw away("no answer within " + patience.toMillis() + " ms").because(late);
    } catch (InterruptedException stop) {
      task.cancel(false);
      Thread.currentThread().interrupt();
      throw away("the wait for it was interrupted").because(stop);
    } catch (ExecutionException failed) {
      throw rethrown(failed);
    }
  }

  /** Lets the work at hand end, gives the sessions back, and refuses what still waits. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(GOODBYE);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
    List<Task<?>> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(task -> task.completeExceptionally(away("it was closed").thrown()));
  }

  private void serve() {
    try (Seat seat = seats.get()) {
      while (!closed) {
        queue.take().run(seat);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static PkiException rethrown(ExecutionException failed) {
    return switch (failed.getCause()) {
      case PkiException known -> new PkiException(known.failure(), known);
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      case null, default -> throw new IllegalStateException(failed);
    };
  }

  private static Failure away(String reason) {
    return new Failure.Unavailable("HSM", reason, LATE);
  }

  /** Work with its outcome; one that nobody waits for any more is not begun. */
  private static final class Task<T> extends CompletableFuture<T> {
    private final Function<Seat, T> work;

    Task(Function<Seat, T> work) {
      this.work = work;
    }

    void run(Seat seat) {
      if (isDone()) {
        return;
      }
      try {
        complete(work.apply(seat));
      } catch (RuntimeException | Error failed) {
        completeExceptionally(failed);
      }
    }
  }
}
