package io.chancery.kill;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sends to replicas that say they are ready, in turn, as a load balancer does; never twice. */
final class Balancer implements AutoCloseable {
  private static final long EVERY = Duration.ofMillis(200).toNanos();

  private final List<Serving> replicas;
  private final List<Serving> ready = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final Thread checks = new Thread(this::check, "balancer");
  private volatile boolean on = true;

  Balancer(List<Serving> replicas) {
    this.replicas = replicas;
    this.ready.addAll(replicas);
    checks.start();
  }

  Serving next() {
    List<Serving> now = List.copyOf(ready);
    if (now.isEmpty()) {
      throw new AssertionError("no replica is ready");
    }
    return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
  }

  private void check() {
    while (on) {
      for (Serving one : replicas) {
        if (!one.isReady()) {
          ready.remove(one);
        } else if (!ready.contains(one)) {
          ready.add(one);
        }
      }
      LockSupport.parkNanos(EVERY);
    }
  }

  @Override
  public void close() throws InterruptedException {
    on = false;
    checks.join();
  }
}
