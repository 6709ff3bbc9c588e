package io.chancery.cli.bench;

import io.chancery.cli.bench.bounds.DurableCommits;
import io.chancery.cli.bench.crowd.Door;
import io.chancery.cli.bench.crowd.Handshakes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the parts can do by themselves, in rounds between those of issuing. */
final class IssueLimits {
  private static final int HANDSHAKES = 4;
  private static final int NGINX_CONNECTIONS = 32;

  /** The best of these is the limit. */
  private static final List<Integer> COMMITTERS = List.of(1, 8, 32, 64);

  private final Duration length;
  private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

  IssueLimits(Duration length) {
    this.length = length;
  }

  void token(TokenRate token, String key) {
    for (int threads : List.of(1, 2, 4)) {
      add(signs(key, threads), token.perSecond(threads, length));
    }
  }

  double token(String key, int threads) {
    return median(signs(key, threads));
  }

  void commits(DurableCommits commits) {
    for (int connections : COMMITTERS) {
      add(twoRows(connections), commits.perSecond(connections, length));
    }
  }

  /** The best number of connections. */
  double commits() {
    return COMMITTERS.stream()
        .mapToDouble(connections -> median(twoRows(connections)))
        .max()
        .orElseThrow();
  }

  static String committers() {
    return Report.listed(COMMITTERS);
  }

  void nginx(Optional<StaticFile> nginx) {
    nginx.ifPresent(
        server ->
            add(
                "limit: nginx, one file of 1.5 kB, answers/s",
                LoadGenerator.run(server.target(), Load.full(NGINX_CONNECTIONS, length))
                    .perSecond()));
  }

  void handshakes(String who, Door door, Child child) {
    double before = child.cpuSeconds();
    Handshakes.Made made = Handshakes.run(door, HANDSHAKES, length);
    double server = child.cpuSeconds() - before;
    add("limit: TLS handshakes/s, " + who, made.perSecond());
    add("TLS handshake, " + who + ": application CPU, ms", 1e3 * server / made.count());
    add("TLS handshake, " + who + ": generator CPU, ms", 1e3 * made.cpuSeconds() / made.count());
  }

  /** The medians of all rounds. */
  void tell(Report report) {
    rounds.forEach((name, values) -> report.fact(name, Report.median(values)));
  }

  private double median(String name) {
    return Report.median(rounds.getOrDefault(name, List.of(Double.NaN)));
  }

  private void add(String name, double value) {
    rounds.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
  }

  private static String signs(String key, int threads) {
    return "limit: token, %s signs/s, %d thread%s".formatted(key, threads, threads == 1 ? "" : "s");
  }

  private static String twoRows(int connections) {
    return "limit: durable two-row commits/s, %d connection%s"
        .formatted(connections, connections == 1 ? "" : "s");
  }
}
