package io.chancery.kill;

import java.util.List;
import java.util.random.RandomGenerator;

/** What a kill -9 hits. */
public enum Blow {
  /** The service's JVM; its PostgreSQL lives on. */
  SERVICE(8, "service"),
  /** PostgreSQL's first process: the others end one by one, and nothing starts it again. */
  POSTMASTER(4, "postmaster"),
  /** Every process of PostgreSQL at once. */
  DATABASE(3, "database"),
  /** One other process of PostgreSQL: it breaks every connection and recovers by itself. */
  BACKEND(3, "backend"),
  /** Service and PostgreSQL at once, as when the machine goes. */
  EVERYTHING(2, "everything");

  private final int share;
  private final String word;

  Blow(int share, String word) {
    this.share = share;
    this.word = word;
  }

  /** One of them, as often as its share of the twenty says. */
  static Blow any(RandomGenerator random) {
    return among(List.of(values()), random);
  }

  /** One that can hit a service that is only just starting. */
  static Blow duringAStart(RandomGenerator random) {
    return among(List.of(SERVICE, EVERYTHING), random);
  }

  private static Blow among(List<Blow> choice, RandomGenerator random) {
    int at = random.nextInt(choice.stream().mapToInt(one -> one.share).sum());
    for (Blow one : choice) {
      at -= one.share;
      if (at < 0) {
        return one;
      }
    }
    throw new AssertionError("the shares add up");
  }

  boolean hitsTheService() {
    return this == SERVICE || this == EVERYTHING;
  }

  @Override
  public String toString() {
    return word;
  }
}
