package io.chancery.cli.node;

import io.chancery.Failure;
import java.time.Duration;

/** Nothing new comes: what is held is served until it ends. */
final class HeldLook implements Follower.Look {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Override
  public void look() {
    throw new Failure.Unavailable("source", "none was named", LONG).thrown();
  }

  @Override
  public void rest() throws InterruptedException {
    Thread.sleep(LONG);
  }

  @Override
  public void reset() {}
}
