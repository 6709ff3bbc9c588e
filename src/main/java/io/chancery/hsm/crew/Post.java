package io.chancery.hsm.crew;

import java.util.function.BooleanSupplier;

/** A thread's place at the token. */
public interface Post extends AutoCloseable {
  /** Asked before anything is tried again: whether nobody waits for the outcome any more. */
  void abandoned(BooleanSupplier abandoned);

  @Override
  void close();
}
