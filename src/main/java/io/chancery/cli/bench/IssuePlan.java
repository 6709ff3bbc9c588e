package io.chancery.cli.bench;

import java.time.Duration;
import java.util.List;

/**
 * How much of issuing is measured.
 *
 * @param warmUp certificates before anything counts
 * @param rounds of each rate, interleaved; the median counts
 * @param length of one round of issuing
 * @param limit length of one round of each limit
 * @param connections that are kept, each waiting for its answer: as many as each of these, in turn;
 *     the number with the best rate counts
 * @param crowd services that start within {@code crowdTime}, each over a new connection
 * @param rest how long is waited at most until what comes after issuing is done
 */
record IssuePlan(
    int warmUp,
    int rounds,
    Duration length,
    Duration limit,
    List<Integer> connections,
    int crowd,
    Duration crowdTime,
    Duration rest) {
  private static final int MOST_CONNECTIONS = 1_000;

  IssuePlan {
    connections = List.copyOf(connections);
    if (connections.isEmpty()
        || connections.stream().anyMatch(one -> one < 1 || one > MOST_CONNECTIONS)) {
      throw new IllegalArgumentException("connections: 1 to " + MOST_CONNECTIONS);
    }
  }

  static IssuePlan full(int warmUp, List<Integer> connections, Duration length) {
    return new IssuePlan(
        warmUp,
        5,
        length,
        Duration.ofSeconds(2),
        connections,
        2_000,
        Duration.ofSeconds(10),
        Duration.ofMinutes(2));
  }

  /** Shows in a minute that every line can be measured; its figures are worth nothing. */
  static IssuePlan brief(List<Integer> connections) {
    return new IssuePlan(
        100,
        1,
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        connections.stream().map(one -> Math.min(8, one)).distinct().toList(),
        40,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2));
  }

  /** For what is not measured with each number of them. */
  int someConnections() {
    return connections.getFirst();
  }

  /** Rounds of what changes less from one to the next. */
  int fewRounds() {
    return Math.min(3, rounds);
  }
}
