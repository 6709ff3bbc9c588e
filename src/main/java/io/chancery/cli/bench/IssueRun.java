package io.chancery.cli.bench;

import io.chancery.cli.bench.Line.Goal;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One run of the benchmark of issuing, from an empty folder to the report: the order of things. */
final class IssueRun {
  private static final double MB = 1024.0 * 1024;

  private final IssuePlan plan;
  private final Path folder;
  private final Consumer<String> progress;
  private final Report report = new Report();

  IssueRun(IssuePlan plan, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  /** With the authority that {@code up} makes: P-256. */
  Report elliptic() {
    try (Station station = Station.start(folder.resolve("instance"), progress);
        Peak memory = new Peak(station.child().pid())) {
      station.rest(plan.rest());
      double idle = ProcessUse.residentOctets(station.child().pid()) / MB;
      station.warmUp(plan.warmUp(), plan.someConnections());
      IssueRates rates = new IssueRates(plan, station, report, progress);
      double top = rates.elliptic(folder.resolve("nginx"));
      IssueCrowd crowd = new IssueCrowd(plan, station, report, progress);
      crowd.half(top);
      crowd.withTokens();
      crowd.withCertificates();
      memory("memory-idle", "memory idle", 180, idle, "resident memory of the JVM after its start");
      memory(
          "memory-loaded",
          "memory under load",
          400,
          memory.megabytes(),
          "the same at most, from start to end");
      report.fact("start, seconds", station.child().startSeconds());
    }
    return report;
  }

  /** With an issuer whose key is RSA. */
  Report rsa() {
    Path instance = RsaAuthority.in(folder.resolve("rsa").resolve("instance"));
    try (Station station = Station.start(instance, progress)) {
      station.warmUp(plan.warmUp(), plan.someConnections());
      new IssueRates(plan, station, report, progress).rsa();
    }
    return report;
  }

  private void memory(String name, String what, double goal, double megabytes, String note) {
    report.add(new Line(name, what, new Goal.AtMost(goal, " MB"), megabytes, note));
  }
}
