package io.chancery.cli.bench.crowd;

import java.time.Duration;

/**
 * How to ask.
 *
 * @param hands that ask at the same time, each over a connection of its own
 * @param length of asking
 * @param most requests at all
 * @param perSecond the pace; nought: each hand asks again as soon as it was answered
 * @param connections kept, or new ones for every request
 */
public record Course(int hands, Duration length, int most, int perSecond, Connections connections) {
  private static final int MOST_HANDS = 10_000;
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** What becomes of a connection after an answer. */
  public enum Connections {
    KEPT,
    NEW_EACH
  }

  public Course {
    if (hands < 1 || hands > MOST_HANDS || length.compareTo(LONGEST) > 0 || perSecond < 0) {
      throw new IllegalArgumentException(hands + " hands for " + length);
    }
  }

  /** As fast as there are answers, over kept connections. */
  public static Course full(int hands, Duration length) {
    return new Course(hands, length, Integer.MAX_VALUE, 0, Connections.KEPT);
  }

  /** So many, however long it takes. */
  public static Course many(int hands, int most) {
    return new Course(hands, LONGEST, most, 0, Connections.KEPT);
  }

  /** So many a second, whatever the answers take. */
  public static Course paced(int hands, Duration length, int perSecond) {
    return new Course(hands, length, Integer.MAX_VALUE, perSecond, Connections.KEPT);
  }

  public Course withNewConnections() {
    return new Course(hands, length, most, perSecond, Connections.NEW_EACH);
  }

  public boolean isPaced() {
    return perSecond > 0;
  }
}
