package io.chancery.cli.node;

import java.time.Instant;

/** Nothing new comes: what is held is served until it ends. */
final class NobodyFollower implements Follower {
  @Override
  public void start() {}

  @Override
  public void readOnce() {}

  @Override
  public Instant knownUntil() {
    return Instant.EPOCH;
  }

  @Override
  public String trouble() {
    return "no source was named";
  }

  @Override
  public void close() {}
}
