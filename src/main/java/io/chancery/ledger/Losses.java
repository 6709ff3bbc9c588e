package io.chancery.ledger;

import jakarta.inject.Singleton;

/** Where the copy is lost for good, two persons may accept it: that is an entry of the roll. */
@Singleton
final class Losses {
  static final String REMEDY =
      "bring the copy back; if it is lost for good, two administrators accept that with: chancery"
          + " accept-loss";

  /** Whether the loss of the copy was accepted for a database of this many entries. */
  boolean accepted(long inside) {
    return false;
  }
}
