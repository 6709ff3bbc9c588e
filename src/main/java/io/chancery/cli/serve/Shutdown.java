package io.chancery.cli.serve;

import io.chancery.PkiException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Stops what was started, last first, on the thread that started it. A signal only asks for that
 * and waits: the service goes down before its database, also when the signal comes early.
 *
 * <p>After a signal the process ends with 0 when everything stopped, else with 1.
 */
public final class Shutdown implements AutoCloseable {
  /** Longer than any of the things to stop takes by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private record Step(String what, Runnable stop) {}

  private final Deque<Step> steps = new ArrayDeque<>();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean trouble = new AtomicBoolean();
  private final CountDownLatch signal = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Consumer<String> progress;

  private Shutdown(Consumer<String> progress) {
    this.progress = progress;
  }

  /** From here on a signal stops in order. */
  public static Shutdown onSignal(Consumer<String> progress) {
    Shutdown shutdown = new Shutdown(progress);
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::signalled, "chancery-shutdown"));
    return shutdown;
  }

  /** Remembers how to stop what was just started. */
  public synchronized void later(String what, Runnable stop) {
    steps.push(new Step(what, stop));
  }

  /** Whether a signal asked to stop: whoever starts things looks between two of them. */
  public boolean asked() {
    return asked.get();
  }

  /** Until a signal asks to stop. */
  public void awaitSignal() {
    try {
      signal.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops everything, each once. */
  @Override
  public synchronized void close() {
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        step.stop().run();
      } catch (PkiException problem) {
        trouble.set(true);
        progress.accept(step.what() + ": " + problem.failure().detail());
      }
    }
    done.countDown();
  }

  private void signalled() {
    if (done.getCount() == 0) {
      return; // the process is ending by itself, and its exit code is its own
    }
    asked.set(true);
    signal.countDown();
    try {
      if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        trouble.set(true);
        close();
      }
    } catch (InterruptedException hurried) {
      trouble.set(true);
    }
    // A clean stop is no error: without this the JVM would answer 128 + the signal's number.
    Runtime.getRuntime().halt(trouble.get() ? 1 : 0);
  }
}
