package io.chancery.cli.bench.crowd;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks for certificates with many hands. At a pace nobody waits for answers before the next request
 * is due (no coordinated omission): one that finds every hand busy is late, and its time counts
 * from when it was due. Connections that are kept are open, and at a pace a second old, before the
 * first request is due.
 */
public final class Drive {
  private static final int CREATED = 201;
  private static final int SHOWN = 300;
  private static final long NEVER = Long.MIN_VALUE;
  private static final long SETTLING = TimeUnit.SECONDS.toNanos(1);

  /** More hands than this are virtual threads: a crowd that mostly waits. */
  private static final int FEW = 128;

  private final Supplier<Optional<Ask>> requests;
  private final Course course;
  private final AtomicInteger turns = new AtomicInteger();
  private final CountDownLatch ready;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile String failure = "";
  private volatile long start;

  private Drive(Supplier<Optional<Ask>> requests, Course course) {
    this.requests = requests;
    this.course = course;
    this.ready = new CountDownLatch(course.hands());
  }

  /** Asks until the course ends or there are no more requests. */
  public static Answers run(Supplier<Optional<Ask>> requests, Course course) {
    return new Drive(requests, course).run();
  }

  /** What one hand has seen. */
  private static final class Tally {
    private long[] nanos = new long[1024];
    private int count;
    private long failed;

    void add(long took, boolean good) {
      if (count == nanos.length) {
        nanos = java.util.Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = took;
      failed += good ? 0 : 1;
    }
  }

  private Answers run() {
    double cpu = cpuSeconds();
    List<Tally> tallies = new ArrayList<>();
    List<Thread> hands = new ArrayList<>();
    for (int i = 0; i < course.hands(); i++) {
      Tally tally = new Tally();
      tallies.add(tally);
      Runnable work = () -> work(tally);
      hands.add(
          course.hands() > FEW
              ? Thread.ofVirtual().start(work)
              : Thread.ofPlatform().daemon().name("hand-" + i).start(work));
    }
    await(ready);
    settle();
    start = System.nanoTime();
    begun.countDown();
    hands.forEach(Drive::join);
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] nanos =
        tallies.stream()
            .flatMapToLong(one -> java.util.Arrays.stream(one.nanos, 0, one.count))
            .toArray();
    long failed = tallies.stream().mapToLong(one -> one.failed).sum();
    return new Answers(
        nanos.length - failed,
        failed,
        seconds,
        cpuSeconds() - cpu,
        new Answers.Times(nanos),
        failure);
  }

  /** What a hundred handshakes leave behind at the other end is no part of what is asked next. */
  private void settle() {
    if (course.isPaced() && course.connections() == Course.Connections.KEPT) {
      LockSupport.parkNanos(SETTLING);
    }
  }

  private void work(Tally tally) {
    try (Hand hand = new Hand(course.connections())) {
      Optional<Ask> next = first(hand);
      while (next.isPresent()) {
        long due = nextDue();
        if (due == NEVER) {
          return;
        }
        boolean good = ask(hand, next.get());
        tally.add(System.nanoTime() - due, good);
        next = requests.get();
      }
    }
  }

  /** A hand's first request, with its connection where that is kept, before anything counts. */
  private Optional<Ask> first(Hand hand) {
    try {
      Optional<Ask> first = requests.get();
      first.ifPresent(ask -> hand.prepare(ask.door()));
      return first;
    } finally {
      ready.countDown();
      await(begun);
    }
  }

  /** Waits until the next request is due; from then on its time counts. */
  private long nextDue() {
    int turn = turns.getAndIncrement();
    long now = System.nanoTime();
    long due = course.isPaced() ? start + turn * 1_000_000_000L / course.perSecond() : now;
    if (turn >= course.most() || due - start >= course.length().toNanos()) {
      return NEVER;
    }
    while (now < due) {
      LockSupport.parkNanos(due - now);
      now = System.nanoTime();
    }
    return due;
  }

  private boolean ask(Hand hand, Ask request) {
    try {
      int status = hand.ask(request);
      if (status == CREATED) {
        hand.answered();
        return true;
      }
      String body = hand.body();
      note("status " + status + ": " + body.substring(0, Math.min(SHOWN, body.length())));
      hand.answered();
    } catch (IOException broken) {
      hand.drop();
      note(broken.toString());
    }
    return false;
  }

  private synchronized void note(String what) {
    failure = failure.isEmpty() ? what : failure;
  }

  private static void join(Thread hand) {
    try {
      hand.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
