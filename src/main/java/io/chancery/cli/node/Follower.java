package io.chancery.cli.node;

import java.time.Instant;

/** Brings a node's holdings what is new, from a database or from an exported folder. */
interface Follower extends AutoCloseable {
  void start();

  /** Once, on the caller's thread; throws where there is nothing to read from. */
  void readOnce();

  /** What was there by then is held; {@link Instant#EPOCH} before the first look. */
  Instant knownUntil();

  /** Why nothing new comes; empty while it comes. */
  String trouble();

  @Override
  void close() throws InterruptedException;
}
