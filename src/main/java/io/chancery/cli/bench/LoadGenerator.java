package io.chancery.cli.bench;

import io.chancery.Failure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Asks a server of this machine, from one thread: finished requests, kept connections, a selector.
 * At a pace it does not wait for answers (no coordinated omission): a request that finds every
 * connection busy is late, and its time counts from when it was due.
 */
final class LoadGenerator {
  private static final int MILLI = 1_000_000;

  /** How long the last answers are awaited. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Target target;
  private final Load load;
  private final Histogram times = new Histogram();
  private final Deque<KeptConnection> idle = new ArrayDeque<>();
  private int next;
  private long failed;
  private long waiting;

  private LoadGenerator(Target target, Load load) {
    this.target = target;
    this.load = load;
  }

  static Load.Outcome run(Target target, Load load) {
    try {
      return new LoadGenerator(target, load).run();
    } catch (IOException broken) {
      throw new Failure.Misconfigured(
              "port " + target.port(),
              "the load ended: " + broken.getMessage(),
              "look at the log of the instance")
          .because(broken);
    }
  }

  private Load.Outcome run() throws IOException {
    List<KeptConnection> all = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < load.connections(); i++) {
        all.add(new KeptConnection(target, selector));
      }
      idle.addAll(all);
      long cpu = cpu();
      long start = System.nanoTime();
      ask(selector, start);
      unanswered(all);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Load.Outcome(times.total() - failed, failed, seconds, (cpu() - cpu) / 1e9, times);
    } finally {
      for (KeptConnection one : all) {
        one.close();
      }
    }
  }

  private void ask(Selector selector, long start) throws IOException {
    long stop = start + load.length().toNanos();
    long interval = load.isPaced() ? 1_000_000_000L / load.perSecond() : 0;
    long due = start;
    for (long now = start; now < stop; now = System.nanoTime()) {
      due = sendDue(due, now, stop, interval);
      select(selector, load.isPaced() && !idle.isEmpty() ? due : stop);
    }
    long last = System.nanoTime() + GRACE.toNanos();
    for (long now = stop; now < last; now = System.nanoTime()) {
      due = load.isPaced() ? sendDue(due, stop, stop, interval) : due;
      if (waiting == 0) {
        break;
      }
      select(selector, last);
    }
    lateOnes(due, stop, interval);
  }

  /** Sends what is due while there are connections for it; returns when the next one is. */
  private long sendDue(long first, long now, long stop, long interval) throws IOException {
    long due = first;
    while (!idle.isEmpty() && due <= now && due < stop) {
      send(idle.pop(), load.isPaced() ? due : now);
      due += interval;
    }
    return due;
  }

  /** What is still on its way counts with the time that it has been waiting for. */
  private void unanswered(List<KeptConnection> all) {
    for (KeptConnection one : all) {
      if (!idle.contains(one)) {
        times.add(System.nanoTime() - one.due());
        failed++;
      }
    }
  }

  /** What was due and never sent is as late as the end of the load. */
  private void lateOnes(long due, long stop, long interval) {
    for (long at = due; load.isPaced() && at < stop; at += interval) {
      times.add(System.nanoTime() - at);
      failed++;
    }
  }

  private void send(KeptConnection connection, long due) throws IOException {
    connection.send(target.requests().get(next), due);
    next = next + 1 == target.requests().size() ? 0 : next + 1;
    waiting++;
  }

  private void select(Selector selector, long until) throws IOException {
    long left = until - System.nanoTime();
    if (left <= 0) {
      selector.selectNow();
    } else {
      selector.select(Math.max(1, left / MILLI));
    }
    for (SelectionKey key : selector.selectedKeys()) {
      KeptConnection connection = (KeptConnection) key.attachment();
      if (connection.waits()) {
        connection.write();
      } else if (connection.read()) {
        answered(connection);
      }
    }
    selector.selectedKeys().clear();
  }

  private void answered(KeptConnection connection) {
    times.add(System.nanoTime() - connection.due());
    failed += connection.isGood() ? 0 : 1;
    waiting--;
    idle.push(connection);
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
