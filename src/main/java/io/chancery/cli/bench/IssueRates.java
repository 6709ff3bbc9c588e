package io.chancery.cli.bench;

import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.bench.bounds.DurableCommits;
import io.chancery.cli.bench.crowd.Asks;
import io.chancery.cli.bench.crowd.Course;
import io.chancery.cli.bench.crowd.Door;
import io.chancery.cli.bench.crowd.Members;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** What an instance issues, in turn with what limits it. */
final class IssueRates {
  private static final String P256 = "P-256";

  private final IssuePlan plan;
  private final Station station;
  private final Report report;
  private final Consumer<String> progress;
  private final IssueLimits limits;

  IssueRates(IssuePlan plan, Station station, Report report, Consumer<String> progress) {
    this.plan = plan;
    this.station = station;
    this.report = report;
    this.progress = progress;
    this.limits = new IssueLimits(plan.limit());
  }

  /** Returns certificates a second over kept connections. */
  double elliptic(Path folder) {
    Map<Integer, List<Spent>> kept = new LinkedHashMap<>();
    List<Spent> fresh = new ArrayList<>();
    Door member = new Members(station.asks()).newcomer();
    Asks membersAsks = new Asks(member, Station.PROFILE, Optional.empty());
    Optional<StaticFile> nginx = StaticFile.serve(folder);
    try (TokenRate token = new TokenRate(station.child().data().hsmYaml());
        DurableCommits commits = new DurableCommits(station.database())) {
      report.fact("row of a reservation, octets", commits.sizes().reservation());
      report.fact("row of a certificate and an entry, octets", commits.sizes().certificate());
      for (int round = 1; round <= plan.rounds(); round++) {
        rest();
        limits.token(token, P256);
        limits.commits(commits);
        limits.nginx(nginx);
        limits.handshakes("server only", station.door(), station.child());
        limits.handshakes("mutual", member, station.child());
        ask(round, "kept", kept);
        fresh.add(
            told(
                round,
                "new mTLS connections",
                membersAsks,
                Course.full(plan.someConnections(), plan.length()).withNewConnections()));
      }
    } finally {
      nginx.ifPresent(StaticFile::close);
    }
    int best = best(kept);
    lines(best, kept.getOrDefault(best, List.of()));
    facts("", best, kept);
    facts("new mTLS connection each: ", fresh);
    limits.tell(report);
    return rate(kept.getOrDefault(best, List.of()));
  }

  /** An issuer whose own key is the limit. */
  void rsa() {
    String key = "RSA-" + RsaAuthority.BITS;
    Map<Integer, List<Spent>> kept = new LinkedHashMap<>();
    try (TokenRate token =
        new TokenRate(station.child().data().hsmYaml(), RsaAuthority.algorithm())) {
      for (int round = 1; round <= plan.rounds(); round++) {
        rest();
        limits.token(token, key);
        ask(round, key, kept);
      }
    }
    int best = best(kept);
    double rate = rate(kept.getOrDefault(best, List.of()));
    report.add(
        new Line(
            "rsa-issue-to-token",
            "%s issuer: certificates/s divided by its raw signs/s".formatted(key),
            new Goal.AtLeast(0.85, ""),
            rate / limits.token(key, 2),
            "%.0f%s and %.0f (2 threads)".formatted(rate, with(best), limits.token(key, 2))));
    facts(key + " issuer: ", best, kept);
    limits.tell(report);
  }

  /** With each number of connections in turn. */
  private void ask(int round, String what, Map<Integer, List<Spent>> kept) {
    for (int connections : plan.connections()) {
      Course course = Course.full(connections, plan.length());
      kept.computeIfAbsent(connections, any -> new ArrayList<>())
          .add(told(round, what + with(connections), course));
    }
  }

  /** The number of connections over which most were issued. */
  private static int best(Map<Integer, List<Spent>> kept) {
    return kept.entrySet().stream()
        .max(Comparator.comparingDouble(one -> rate(one.getValue())))
        .orElseThrow()
        .getKey();
  }

  private static double rate(List<Spent> rounds) {
    return median(rounds, one -> one.answers().perSecond());
  }

  private static String with(int connections) {
    return " over " + connections + (connections == 1 ? " connection" : " connections");
  }

  private Spent told(int round, String what, Course course) {
    return told(round, what, station.asks(), course);
  }

  private Spent told(int round, String what, Asks asks, Course course) {
    Spent spent = station.issue(asks, course);
    progress.accept(
        "round %d, %s: %.0f certificates/s, application %.2f, database %.2f, generator %.2f ms each"
            .formatted(
                round,
                what,
                spent.answers().perSecond(),
                spent.applicationMillis(),
                spent.databaseMillis(),
                spent.answers().cpuMillisEach()));
    return spent;
  }

  private void rest() {
    if (!station.rest(plan.rest())) {
      progress.accept("the instance is still at work; goes on after " + plan.rest());
    }
  }

  private void lines(int connections, List<Spent> rounds) {
    double rate = rate(rounds);
    report.add(
        new Line(
            "issue-cpu-ms",
            "server CPU per certificate, application + database",
            new Goal.AtMost(1.0, " ms"),
            median(rounds, Spent::serverMillis),
            "application %.2f ms, database %.2f ms; load generator %.2f ms beside it;%s (best of %s)"
                .formatted(
                    median(rounds, Spent::applicationMillis),
                    median(rounds, Spent::databaseMillis),
                    median(rounds, one -> one.answers().cpuMillisEach()),
                    with(connections),
                    Report.listed(plan.connections()))));
    report.add(
        new Line(
            "issue-to-token",
            "certificates/s divided by the token's P-256 signs/s",
            new Goal.AtLeast(0.15, ""),
            rate / limits.token(P256, 2),
            "%.0f and %,.0f (2 threads)".formatted(rate, limits.token(P256, 2))));
    report.add(
        new Line(
            "issue-to-commits",
            "certificates/s divided by durable two-row commits/s",
            new Goal.AtLeast(0.3, ""),
            rate / limits.commits(),
            "%.0f and %,.0f (best of %s connections)"
                .formatted(rate, limits.commits(), IssueLimits.committers())));
  }

  /** Of the best in full, of each the rate and what it costs. */
  private void facts(String whose, int best, Map<Integer, List<Spent>> kept) {
    facts(whose, kept.getOrDefault(best, List.of()));
    kept.forEach(
        (connections, rounds) -> {
          String with = whose + connections + " connections: ";
          report.fact(with + "certificates/s", rate(rounds));
          report.fact(with + "server CPU each, ms", median(rounds, Spent::serverMillis));
        });
  }

  private void facts(String whose, List<Spent> rounds) {
    report.fact(whose + "certificates/s", rate(rounds));
    report.fact(whose + "p50, ms", median(rounds, one -> one.answers().times().millis(0.5)));
    report.fact(whose + "p99, ms", median(rounds, one -> one.answers().times().millis(0.99)));
    report.fact(whose + "application CPU each, ms", median(rounds, Spent::applicationMillis));
    report.fact(whose + "database CPU each, ms", median(rounds, Spent::databaseMillis));
    report.fact(
        whose + "load generator CPU each, ms",
        median(rounds, one -> one.answers().cpuMillisEach()));
    report.fact(
        whose + "not served", rounds.stream().mapToDouble(one -> one.answers().failed()).sum());
  }

  private static double median(List<Spent> rounds, ToDoubleFunction<Spent> figure) {
    return Report.median(rounds.stream().mapToDouble(figure).boxed().toList());
  }
}
