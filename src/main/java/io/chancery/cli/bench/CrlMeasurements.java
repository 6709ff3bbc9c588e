package io.chancery.cli.bench;

import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.local.LocalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What it costs to make CRLs of very many entries, in a child that makes complete ones often. */
final class CrlMeasurements {
  private static final String WHOLE = "/crl/issuing.crl";
  private static final String DELTA = "/crl/issuing/delta.crl";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double MB = 1024.0 * 1024;

  /** What the publisher logs of each CRL. */
  private static final Pattern BUILT =
      Pattern.compile("CRL ([^:]{1,200}?) number (\\d+): (\\d+) entries, (\\d+) octets, (\\d+) ms");

  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E+]+)$");

  private final Plan plan;
  private final Child child;
  private final Clients clients;
  private final Report report;
  private final Consumer<String> progress;

  CrlMeasurements(
      Plan plan, Child child, Clients clients, Report report, Consumer<String> progress) {
    this.plan = plan;
    this.child = child;
    this.clients = clients;
    this.report = report;
    this.progress = progress;
  }

  private record Use(double app, double database, double seconds) {
    double sum() {
      return app + database;
    }

    Use minus(Use before) {
      return new Use(app - before.app, database - before.database, seconds - before.seconds);
    }
  }

  private record Build(double app, double database, double resident, double heap) {}

  /** Complete CRLs, each made because the one before is old. */
  void whole() {
    awaitChange(WHOLE, clients.tag(WHOLE)); // code and caches are warm after one or two
    List<Build> builds = new ArrayList<>();
    for (int round = 0; round < Math.min(3, plan.rounds()); round++) {
      builds.add(build());
    }
    double app = Report.median(builds.stream().map(Build::app).toList());
    double database = Report.median(builds.stream().map(Build::database).toList());
    String entries = "%,d-entry CRL".formatted(plan.revoked());
    report.add(
        new Line(
            "crl-cpu-seconds",
            entries + ": CPU seconds, application + database",
            new Goal.AtMost(4, " s"),
            Math.max(0.001, app + database),
            "application %.2f s, database %.2f s; %,d octets; median of %d"
                .formatted(app, database, clients.length(WHOLE), builds.size())));
    report.add(
        new Line(
            "crl-memory-above-idle",
            "the same: memory above idle",
            new Goal.AtMost(64, " MB"),
            Math.max(0.001, Report.median(builds.stream().map(Build::resident).toList())),
            ("resident memory of the JVM at most, above that before, garbage collected before;"
                    + " heap in use at most %.0f MB above, garbage included")
                .formatted(Report.median(builds.stream().map(Build::heap).toList()))));
    builtMillis(false).ifPresent(millis -> report.fact("complete CRL, ms as logged", millis));
  }

  private Build build() {
    String tag = clients.tag(WHOLE);
    child.collectGarbage();
    Patience.pause(1000);
    Use quiet = use();
    Patience.pause(3000);
    Use idle = use().minus(quiet);
    AtomicLong resident = new AtomicLong();
    AtomicLong heap = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    long residentBefore = ProcessUse.residentOctets(child.pid());
    double heapBefore = heapOctets();
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (!done.get()) {
                    resident.accumulateAndGet(ProcessUse.residentOctets(child.pid()), Math::max);
                    heap.accumulateAndGet((long) heapOctets(), Math::max);
                    Patience.pause(50);
                  }
                });
    Use before = use();
    awaitChange(WHOLE, tag);
    Patience.pause(500); // what the database still writes
    Use used = use().minus(before);
    done.set(true);
    join(watch);
    double share = used.seconds() / idle.seconds();
    progress.accept(
        "CRL: complete one, CPU %.2f s with %.2f s of idling in %.1f s"
            .formatted(used.sum(), idle.sum() * share, used.seconds()));
    return new Build(
        used.app() - idle.app() * share,
        used.database() - idle.database() * share,
        (resident.get() - residentBefore) / MB,
        (heap.get() - heapBefore) / MB);
  }

  /** Many changes at once, past the service; then how long until they are listed. */
  void delta() {
    boolean deltas = !clients.tag(DELTA).startsWith("status");
    String path = deltas ? DELTA : WHOLE;
    String tag = clients.tag(path);
    double seconds;
    try (LocalDatabase database = LocalDatabase.running(child.data());
        Connection connection = database.connect()) {
      long last = plan.certificates();
      Seeding.revokeInBulk(connection, last - plan.delta(), last);
      seconds = awaitChange(path, tag);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    Patience.pause(500);
    OptionalDouble logged = builtMillis(deltas);
    report.add(
        new Line(
            "delta-crl-seconds",
            "delta CRL of %,d among %,d revoked".formatted(plan.delta(), plan.revoked()),
            new Goal.AtMost(0.3, " s"),
            logged.isPresent() ? Math.max(0.001, logged.getAsDouble() / 1000) : seconds,
            (deltas ? "as the publisher logs it; " : "no delta is served, the complete one; ")
                + "%.2f s from the commit until it is served".formatted(seconds)));
  }

  /** Single revocations over https, as an operator makes them. */
  void revocations() {
    List<Double> millis = new ArrayList<>();
    long last = plan.certificates() - plan.delta();
    int count = Math.min(30, (int) (last / 2));
    for (int i = 1; i <= count; i++) {
      long start = System.nanoTime();
      clients.revoke(Serials.hex(last - i));
      if (i > count / 3) { // the first make the connection and warm it
        millis.add((System.nanoTime() - start) / 1e6);
      }
      Patience.pause(100);
    }
    report.add(
        new Line(
            "one-revocation-ms",
            "one revocation with %,d revoked".formatted(plan.revoked()),
            new Goal.AtMost(20, " ms"),
            Report.median(millis),
            "median of %d over kept https, slowest %.1f ms"
                .formatted(
                    millis.size(), millis.stream().mapToDouble(one -> one).max().orElse(0))));
  }

  private double awaitChange(String path, String tag) {
    return Patience.until(
        path,
        LIMIT,
        () -> {
          String now = clients.tag(path);
          return !now.equals(tag) && !now.startsWith("status");
        },
        () -> false);
  }

  private Use use() {
    return new Use(child.cpuSeconds(), child.databaseCpuSeconds(), System.nanoTime() / 1e9);
  }

  private double heapOctets() {
    Matcher pools = HEAP.matcher(clients.management("/q/metrics"));
    double sum = 0;
    while (pools.find()) {
      sum += Double.parseDouble(pools.group(1));
    }
    return sum;
  }

  /** What the newest CRL of its kind took, if the publisher says so in its log. */
  private OptionalDouble builtMillis(boolean delta) {
    try {
      Matcher line = BUILT.matcher(Files.readString(child.data().serviceLog()));
      OptionalDouble last = OptionalDouble.empty();
      while (line.find()) {
        if (line.group(1).contains("delta") == delta) {
          last = OptionalDouble.of(Double.parseDouble(line.group(5)));
        }
      }
      return last;
    } catch (IOException unreadable) {
      return OptionalDouble.empty();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
