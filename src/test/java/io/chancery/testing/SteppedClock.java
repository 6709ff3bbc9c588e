package io.chancery.testing;

import io.chancery.MachineClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** The machine's clock, which tests set wrong and right again. */
@Alternative
@Priority(1)
@Singleton
public final class SteppedClock implements MachineClock {
  private volatile Duration step = Duration.ZERO;

  /** As if somebody set it by so much. */
  public void step(Duration by) {
    step = by;
  }

  public void right() {
    step = Duration.ZERO;
  }

  @Override
  public Instant wall() {
    return Instant.now().plus(step);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long uptimeMillis() {
    return -1;
  }
}
