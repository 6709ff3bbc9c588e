package io.chancery.cli.bench;

import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.bench.crowd.Answers;
import io.chancery.cli.bench.crowd.Ask;
import io.chancery.cli.bench.crowd.Course;
import io.chancery.cli.bench.crowd.Drive;
import io.chancery.cli.bench.crowd.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Requests that come when they are due, answered or not: half of the top rate, and a crowd. */
final class IssueCrowd {
  private static final int PACED_HANDS = 100;

  private final IssuePlan plan;
  private final Station station;
  private final Report report;
  private final Consumer<String> progress;

  IssueCrowd(IssuePlan plan, Station station, Report report, Consumer<String> progress) {
    this.plan = plan;
    this.station = station;
    this.report = report;
    this.progress = progress;
  }

  void half(double topRate) {
    int pace = (int) Math.max(1, topRate / 2);
    List<Answers> rounds = new ArrayList<>();
    for (int round = 1; round <= plan.fewRounds(); round++) {
      station.rest(plan.rest());
      Course course = Course.paced(PACED_HANDS, plan.length().multipliedBy(2), pace);
      Answers answers = station.issue(course).answers();
      rounds.add(answers);
      progress.accept(
          "%d/s: p50 %.1f ms, p99 %.1f ms, at most %.0f ms"
              .formatted(
                  pace,
                  answers.times().millis(0.5),
                  answers.times().millis(0.99),
                  answers.times().maxMillis()));
    }
    report.add(
        new Line(
            "issue-p99-half",
            "p99 at half of the top rate",
            new Goal.AtMost(25, " ms"),
            Report.median(rounds.stream().map(one -> one.times().millis(0.99)).toList()),
            "%d/s; p50 %.1f ms; %d of %d not served; median of %d rounds"
                .formatted(
                    pace,
                    Report.median(rounds.stream().map(one -> one.times().millis(0.5)).toList()),
                    rounds.stream().mapToLong(Answers::failed).sum(),
                    rounds.stream().mapToLong(one -> one.good() + one.failed()).sum(),
                    rounds.size())));
  }

  /** Each with a token and a new key, over a connection of its own. */
  void withTokens() {
    station.rest(plan.rest());
    Spent spent = station.issue(crowd());
    line("crowd-token", "enrolment token", spent);
  }

  /** Each renews the certificate that it has, proving it by mutual TLS. */
  void withCertificates() {
    ConcurrentLinkedQueue<Ask> renewals =
        new ConcurrentLinkedQueue<>(new Members(station.asks()).renewals(plan.crowd()));
    station.rest(plan.rest());
    Spent spent =
        station.spent(() -> Drive.run(() -> Optional.ofNullable(renewals.poll()), crowd()));
    line("crowd-renewal", "renewal by mutual TLS", spent);
  }

  private Course crowd() {
    int perSecond = (int) (1e3 * plan.crowd() / plan.crowdTime().toMillis());
    return Course.paced(plan.crowd(), plan.crowdTime(), perSecond).withNewConnections();
  }

  private void line(String name, String how, Spent spent) {
    Answers answers = spent.answers();
    double limit = plan.crowdTime().toMillis();
    long all = answers.good() + answers.failed();
    long within = Math.max(0, answers.times().within(limit) - answers.failed());
    String what =
        "%,d services start within %d s, %s: served in as long"
            .formatted(plan.crowd(), plan.crowdTime().toSeconds(), how);
    progress.accept(
        "%s: %,d of %,d, p99 %.0f ms".formatted(what, within, all, answers.times().millis(0.99)));
    report.add(
        new Line(
            name,
            what,
            new Goal.AtLeast(1, ""),
            (double) within / all,
            ("%,d of %,d, %,d errors; p50 %.0f ms, p99 %.0f ms, the last after %.0f ms; all done"
                    + " %.1f s after the first; application %.2f, database %.2f, generator %.2f ms"
                    + " each")
                .formatted(
                    within,
                    all,
                    answers.failed(),
                    answers.times().millis(0.5),
                    answers.times().millis(0.99),
                    answers.times().maxMillis(),
                    answers.seconds(),
                    spent.applicationMillis(),
                    spent.databaseMillis(),
                    answers.cpuMillisEach())));
  }
}
