package io.chancery.revocation;

import io.chancery.PkiException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Work that is done one at a time; whoever wakes it while it waits for its turn is served with it.
 */
final class CrlLane {
  private static final Logger LOG = Logger.getLogger(CrlLane.class);

  private final String name;
  private final Runnable work;
  private final Duration pace;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicBoolean awaited = new AtomicBoolean();
  private long last = System.nanoTime() - Duration.ofDays(1).toNanos();

  CrlLane(String name, Runnable work, Duration pace) {
    this.name = name;
    this.work = work;
    this.pace = pace;
  }

  /** Soon, in the background. */
  void wake() {
    if (awaited.compareAndSet(false, true)) {
      Thread.ofVirtual().name(name).start(this::answer);
    }
  }

  /** Now, on this thread. */
  void run() {
    turn.lock();
    try {
      work.run();
    } finally {
      last = System.nanoTime();
      turn.unlock();
    }
  }

  private void answer() {
    turn.lock();
    try {
      long left = pace.toNanos() - (System.nanoTime() - last);
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
      // From here on a change may be too late for this run, and wakes the next one.
      awaited.set(false);
      run();
    } catch (PkiException away) {
      LOG.warnf("no CRL could be published: %s", away.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      LOG.error("no CRL could be published", bug);
    } finally {
      awaited.set(false);
      turn.unlock();
    }
  }
}
