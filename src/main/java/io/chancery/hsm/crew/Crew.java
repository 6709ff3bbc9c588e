package io.chancery.hsm.crew;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Platform threads that work at the token, one a session. Calls into a native library pin a virtual
 * thread's carrier, so callers hand their work over here and wait; what does not fit into the queue
 * of its share is refused at once.
 *
 * <p>A thread that does not come back out of the library is written off: another takes its place,
 * nobody waits for it, and when it comes back after all it gives its session up and ends.
 */
public final class Crew<S extends Post> implements AutoCloseable {
  private static final Duration FULL = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final Terms terms;
  private final Supplier<S> posts;
  private final WriteOffs writeOffs;
  private final SigningQueue<Task<S, ?>> queue;
  private final List<List<Share>> places;
  private final List<Optional<Worker>> workers = new ArrayList<>();
  private final Set<Worker> lost = new HashSet<>();
  private volatile boolean closed;

  /** Who is told of threads that hang inside the library, and of their return. */
  public record WriteOffs(Consumer<Thread> gone, Runnable back) {}

  public Crew(Terms terms, Supplier<S> posts, WriteOffs writeOffs) {
    this.terms = terms;
    this.posts = posts;
    this.writeOffs = writeOffs;
    this.queue = new SigningQueue<>(terms.queues());
    this.places = Share.placed(terms.sessions());
    for (int i = 0; i < terms.sessions(); i++) {
      workers.add(Optional.of(new Worker(i)));
    }
  }

  /** Waits for the work's outcome, for as long as {@code patience}. */
  public <T> T call(Share share, Duration patience, Duration limit, Function<S, T> work) {
    Task<S, T> task = hand(share, limit, work);
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(false);
      throw away("no answer within " + patience.toMillis() + " ms")
          .because(task.wasBegun() ? new Unanswered() : late);
    } catch (InterruptedException stop) {
      task.cancel(false);
      Thread.currentThread().interrupt();
      throw away("the wait for it was interrupted").because(new Unanswered());
    } catch (ExecutionException failed) {
      throw rethrown(failed);
    }
  }

  /** Hands work over that nobody waits for; {@code then} runs when it is over, however it ends. */
  public void send(Share share, Duration limit, Consumer<S> work, Runnable then) {
    hand(
            share,
            limit,
            post -> {
              work.accept(post);
              return Boolean.TRUE;
            })
        .whenComplete((done, failed) -> then.run());
  }

  /**
   * Whether the token may have done it, or may still: then it must not be done elsewhere before
   * somebody has written down that it is tried again.
   */
  public static boolean mayHaveWorked(PkiException failed) {
    Optional<Throwable> cause = Optional.ofNullable(failed.getCause());
    while (cause.isPresent() && !(cause.get() instanceof Unanswered)) {
      cause = cause.map(Throwable::getCause);
    }
    return cause.isPresent();
  }

  /** How much waits at the moment. */
  public int waiting(Share share) {
    return queue.size(share);
  }

  /** Threads that are inside the library and were given up. */
  public synchronized int hung() {
    return lost.size();
  }

  /** Whether so many hang that the next to hang is not replaced. */
  public synchronized boolean isWorn() {
    return lost.size() >= terms.mostHung();
  }

  /**
   * Writes off whoever is over the limit of its call, and everybody where all are over what a
   * caller waits; fills the places of those written off. True where it was everybody.
   */
  public synchronized boolean look(long now) {
    boolean all = !closed && workers.stream().allMatch(worker -> isStuck(worker, now));
    for (int i = 0; i < workers.size(); i++) {
      Optional<Worker> worker = workers.get(i);
      if (worker.isPresent() && (all || worker.get().isOverdue(now))) {
        writeOff(worker.get());
        workers.set(i, Optional.empty());
      }
      if (workers.get(i).isEmpty() && !closed && lost.size() < terms.mostHung()) {
        workers.set(i, Optional.of(new Worker(i)));
      }
    }
    return all;
  }

  /** Lets the work at hand end, gives the sessions back, and refuses what still waits. */
  @Override
  public void close() {
    List<Thread> living = new ArrayList<>();
    synchronized (this) {
      closed = true;
      workers.stream().flatMap(Optional::stream).forEach(worker -> living.add(worker.thread));
    }
    living.forEach(Thread::interrupt);
    long end = System.nanoTime() + GOODBYE.toNanos();
    for (Thread thread : living) {
      try {
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
    refuseWaiting("it was closed");
  }

  /** Whoever waits, waits for nothing. */
  public void refuseWaiting(String reason) {
    queue.drain().forEach(task -> task.completeExceptionally(away(reason).thrown()));
  }

  private <T> Task<S, T> hand(Share share, Duration limit, Function<S, T> work) {
    Task<S, T> task = new Task<>(limit, work);
    if (closed) {
      throw away("it was closed").thrown();
    }
    if (!queue.offer(share, task)) {
      throw new Failure.Busy("HSM", FULL).thrown();
    }
    return task;
  }

  private boolean isStuck(Optional<Worker> worker, long now) {
    return worker.map(one -> one.isOverdue(terms.patience(), now)).orElse(true);
  }

  private void writeOff(Worker worker) {
    lost.add(worker);
    worker.writtenOff = true;
    writeOffs.gone().accept(worker.thread);
    worker.at.ifPresent(
        task ->
            task.completeExceptionally(
                away("a call into its library hangs").because(new Unanswered())));
  }

  private synchronized void ended(Worker worker) {
    if (lost.remove(worker)) {
      writeOffs.back().run();
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

  /** One thread, and what it works at. */
  private final class Worker {
    private final SigningQueue<Task<S, ?>>.Place place;
    private final Thread thread;
    private volatile Optional<Task<S, ?>> at = Optional.empty();
    private volatile boolean writtenOff;

    Worker(int index) {
      this.place = queue.place(places.get(index));
      this.thread =
          Thread.ofPlatform()
              .daemon()
              .name("hsm-" + terms.name() + "-" + index)
              .unstarted(this::serve);
      thread.start();
    }

    boolean isOverdue(long now) {
      return at.map(task -> task.isOverdue(now)).orElse(false);
    }

    /** Key generation may take minutes: whoever does that is not stuck. */
    boolean isOverdue(Duration patience, long now) {
      return at.map(task -> task.isUsual(terms.usual()) && task.isOverdue(patience, now))
          .orElse(false);
    }

    private void serve() {
      try (S post = posts.get()) {
        post.abandoned(() -> writtenOff || at.map(Task::isDone).orElse(true));
        while (!closed && !writtenOff) {
          Task<S, ?> task = place.take();
          at = Optional.of(task);
          task.run(post);
          at = Optional.empty();
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      } finally {
        ended(this);
      }
    }
  }

  /** It was begun, and nobody knows how it ended. */
  private static final class Unanswered extends Exception {
    private static final long serialVersionUID = 1L;

    Unanswered() {
      super("begun, and not answered");
    }
  }
}
