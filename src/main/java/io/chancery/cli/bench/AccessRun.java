package io.chancery.cli.bench;

import io.chancery.cli.bench.Line.Goal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Certificates asked for by a fixed number of clients, each waiting for its answer. With such a
 * load, the part of an answer's time that something takes is the part of the throughput it costs.
 */
final class AccessRun {
  private static final int CLIENTS = 8;
  private static final String CHECKS = "chancery_access_seconds";
  private static final String REQUESTS = "http_server_requests_seconds";

  private final int count;
  private final Path folder;
  private final Consumer<String> progress;
  private final Report report = new Report();

  AccessRun(int count, Path folder, Consumer<String> progress) {
    this.count = count;
    this.folder = folder;
    this.progress = progress;
  }

  /** Seconds and how often, summed over the tags. */
  private record Total(double seconds, double times) {
    Total since(Total before) {
      return new Total(seconds - before.seconds, times - before.times);
    }
  }

  Report measure() {
    try {
      Files.createDirectories(folder);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
    Map<String, String> settings =
        Map.of(
            "chancery.canary.every", "off",
            "chancery.filter.every", "off",
            "chancery.limits.per-minute", "1000000",
            "chancery.limits.burst", "1000000",
            "chancery.rates.address-per-minute", "10000000",
            "chancery.rates.caller-per-minute", "10000000",
            "chancery.rates.organization-per-minute", "10000000");
    try (Child child = Child.start(folder.resolve("instance"), settings);
        Clients clients = new Clients(child)) {
      progress.accept("instance: up after %.1f s".formatted(child.startSeconds()));
      progress.accept("keys: making %d".formatted(2 * count));
      List<String> requests = IntStream.range(0, 2 * count).mapToObj(i -> Issuing.csr()).toList();
      progress.accept("warmth: %d certificates".formatted(count));
      ask(clients, requests.subList(0, count));
      Total checks = total(clients, CHECKS, "");
      Total answers = total(clients, REQUESTS, "uri=\"/v1/certificates\"");
      progress.accept("figures: %d certificates".formatted(count));
      long start = System.nanoTime();
      ask(clients, requests.subList(count, 2 * count));
      double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3;
      checks = total(clients, CHECKS, "").since(checks);
      answers = total(clients, REQUESTS, "uri=\"/v1/certificates\"").since(answers);
      report.fact("certificates a second", count / seconds);
      report.fact("answer, ms", 1e3 * answers.seconds() / answers.times());
      report.fact("checks of access, ms", 1e3 * checks.seconds() / checks.times());
      report.add(
          new Line(
              "access-share",
              "checks of access, part of the time of an answer",
              new Goal.AtMost(0.05, ""),
              checks.seconds() / answers.seconds(),
              "%d clients, enrolment token".formatted(CLIENTS)));
    }
    return report;
  }

  private static void ask(Clients clients, List<String> requests) {
    long failed = requests.size() - Issuing.all(clients, requests, CLIENTS, () -> {});
    if (failed > 0) {
      throw new IllegalStateException(failed + " requests got no certificate");
    }
  }

  private static Total total(Clients clients, String metric, String tag) {
    String page = clients.management("/q/metrics");
    return new Total(sum(page, metric + "_sum", tag), sum(page, metric + "_count", tag));
  }

  private static double sum(String page, String metric, String tag) {
    return page.lines()
        .filter(line -> line.startsWith(metric) && line.contains(tag))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
