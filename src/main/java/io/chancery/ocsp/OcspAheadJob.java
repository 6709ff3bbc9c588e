package io.chancery.ocsp;

import io.chancery.PkiException;
import io.chancery.inventory.Leases;
import io.chancery.ledger.Standing;
import io.chancery.visibility.StatusChanged;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Has one replica make answers ahead, a second's worth each second. */
@Singleton
final class OcspAheadJob {
  private static final Logger LOG = Logger.getLogger(OcspAheadJob.class);
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** A second's worth is made in so many parts, one each so often. */
  private static final int PARTS = 8;

  private static final Duration PAUSE = Duration.ofMillis(110);

  /** After {@link ShelfFeed} has marked what has changed. */
  private static final int ONCE_IT_IS_KNOWN_HERE = 200;

  private final AtomicBoolean awaited = new AtomicBoolean();
  private final OcspAhead ahead;
  private final Leases leases;
  private final Standing standing;

  @Inject
  OcspAheadJob(OcspAhead ahead, Leases leases, Standing standing) {
    this.ahead = ahead;
    this.leases = leases;
    this.standing = standing;
  }

  @Scheduled(
      identity = "ocsp-ahead",
      every = "1s",
      executionMaxDelay = "300ms",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void work() {
    run(this::inParts);
  }

  /** Whoever has its certificate signed meanwhile waits for a part only. */
  private void inParts() {
    long begun = System.nanoTime();
    int part = Math.max(1, ahead.rate() / PARTS);
    for (int i = 1; ahead.work(part) >= part && i < PARTS; i++) {
      if (!rest(begun + i * PAUSE.toNanos() - System.nanoTime())) {
        return;
      }
    }
  }

  private static boolean rest(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Status nodes have nothing else to say about a certificate whose status has changed. */
  void changed(@Observes @Priority(ONCE_IT_IS_KNOWN_HERE) StatusChanged news) {
    if (awaited.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("ocsp-ahead")
          .start(
              () -> {
                awaited.set(false);
                run(ahead::hurry);
              });
    }
  }

  private void run(Runnable work) {
    // What is signed now is believed for a day: not while the roll is in doubt.
    if (!ahead.isWanted() || !standing.agreed()) {
      return;
    }
    try {
      leases.take("ocsp-ahead", LEASE).ifPresentOrElse(held -> work.run(), ahead::leaveToOthers);
    } catch (PkiException away) {
      LOG.debugf("answers are not made ahead: %s", away.getMessage());
    }
  }
}
