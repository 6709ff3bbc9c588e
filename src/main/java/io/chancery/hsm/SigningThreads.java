package io.chancery.hsm;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Platform threads that work at the token, one a session. Calls into a native library pin a virtual
 * thread's carrier, so callers hand their work over here and wait; what does not fit into the queue
 * is refused at once. Where there are several sessions, one never works for questions about status.
 */
final class SigningThreads implements AutoCloseable {
  private static final Duration FULL = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final SigningQueue<Task<?>> queue;
  private final List<Thread> threads = new ArrayList<>();
  private final Supplier<Seat> seats;
  private volatile boolean closed;

  SigningThreads(HsmConfig config, String name, Supplier<Seat> seats) {
    this.queue = new SigningQueue<>(config.statusQueue(), config.queue());
    this.seats = seats;
    for (int i = 0; i < config.sessions(); i++) {
      Runnable work = i == 0 && config.sessions() > 1 ? this::serveTheRest : this::serve;
      threads.add(Thread.ofPlatform().daemon().name("hsm-" + name + "-" + i).start(work));
    }
  }

  /** Waits for the work's outcome, for as long as {@code patience}. */
  <T> T call(Duration patience, Function<Seat, T> work) {
    return call(SigningQueue.Share.REST, patience, work);
  }

  /** The same for work of this share. */
  <T> T call(SigningQueue.Share share, Duration patience, Function<Seat, T> work) {
    Task<T> task = new Task<>(work);
    if (closed) {
      throw away("it was closed").thrown();
    }
    if (!queue.offer(share, task)) {
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

  /** How much waits at the moment. */
  int waiting(SigningQueue.Share share) {
    return queue.size(share);
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
    queue.drain().forEach(task -> task.completeExceptionally(away("it was closed").thrown()));
  }

  private void serve() {
    serve(queue::take);
  }

  private void serveTheRest() {
    serve(queue::takeReserved);
  }

  /** Where a thread's work comes from. */
  private interface Work {
    Task<?> next() throws InterruptedException;
  }

  private void serve(Work work) {
    try (Seat seat = seats.get()) {
      while (!closed) {
        work.next().run(seat);
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
