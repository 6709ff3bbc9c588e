package io.chancery.cli.bench;

import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.bench.bounds.DurableCommits;
import io.chancery.cli.bench.crowd.Asks;
import io.chancery.cli.bench.crowd.Course;
import io.chancery.cli.bench.crowd.Door;
import io.chancery.cli.bench.crowd.Members;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    List<Spent> kept = new ArrayList<>();
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
        kept.add(told(round, "kept", Course.full(plan.connections(), plan.length())));
        fresh.add(
            told(
                round,
                "new mTLS connections",
                membersAsks,
                Course.full(plan.connections(), plan.length()).withNewConnections()));
      }
    } finally {
      nginx.ifPresent(StaticFile::close);
    }
    lines(kept);
    facts("", kept);
    facts("new mTLS connection each: ", fresh);
    limits.tell(report);
    return median(kept, one -> one.answers().perSecond());
  }

  /** An issuer whose own key is the limit. */
  void rsa() {
    String key = "RSA-" + RsaAuthority.BITS;
    List<Spent> kept = new ArrayList<>();
    try (TokenRate token =
        new TokenRate(station.child().data().hsmYaml(), RsaAuthority.algorithm())) {
      for (int round = 1; round <= plan.rounds(); round++) {
        rest();
        limits.token(token, key);
        kept.add(told(round, key, Course.full(plan.connections(), plan.length())));
      }
    }
    double rate = median(kept, one -> one.answers().perSecond());
    report.add(
        new Line(
            "rsa-issue-to-token",
            "%s issuer: certificates/s divided by its raw signs/s".formatted(key),
            new Goal.AtLeast(0.85, ""),
            rate / limits.token(key, 2),
            "%.0f and %.0f (2 threads)".formatted(rate, limits.token(key, 2))));
    facts(key + " issuer: ", kept);
    limits.tell(report);
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

  private void lines(List<Spent> rounds) {
    double rate = median(rounds, one -> one.answers().perSecond());
    report.add(
        new Line(
            "issue-cpu-ms",
            "server CPU per certificate, application + database",
            new Goal.AtMost(1.0, " ms"),
            median(rounds, Spent::serverMillis),
            "application %.2f ms, database %.2f ms; load generator %.2f ms beside it"
                .formatted(
                    median(rounds, Spent::applicationMillis),
                    median(rounds, Spent::databaseMillis),
                    median(rounds, one -> one.answers().cpuMillisEach()))));
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
            "%.0f and %,.0f (the best of 1, 8 and 32 connections)"
                .formatted(rate, limits.commits())));
  }

  private void facts(String whose, List<Spent> rounds) {
    report.fact(whose + "certificates/s", median(rounds, one -> one.answers().perSecond()));
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
