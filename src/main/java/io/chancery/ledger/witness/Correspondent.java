package io.chancery.ledger.witness;

import java.time.Duration;
import java.time.Instant;

/** A witness, what is known of it from asking, and for how long it is left alone. */
final class Correspondent {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int DOUBLINGS = 8;

  private final Witness witness;
  private long seen;
  private int failures;
  private Instant notBefore = Instant.MIN;
  private Round.Missing lastFailure;

  Correspondent(Witness witness) {
    this.witness = witness;
    this.lastFailure = new Round.Missing(name(), Round.Why.AWAY, "it was never asked");
  }

  Witness witness() {
    return witness;
  }

  String name() {
    return witness.key().name();
  }

  /** The size it saw last, as far as this process knows. */
  long seen() {
    return seen;
  }

  void hasSeen(long size) {
    seen = size;
  }

  boolean isLeftAlone(Instant now) {
    return now.isBefore(notBefore);
  }

  Round.Missing lastFailure() {
    return lastFailure;
  }

  void succeeded() {
    failures = 0;
    notBefore = Instant.MIN;
  }

  /** After the first failure a second, then twice as long each time, up to some minutes. */
  void failed(Instant now, Round.Missing failure) {
    lastFailure = failure;
    notBefore = now.plus(SHORTEST.multipliedBy(1L << Math.min(failures, DOUBLINGS)));
    failures++;
  }
}
