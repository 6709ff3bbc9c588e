package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.local.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One start after the other on the same data directory, then load on the last. */
final class StartRun {
  private static final Duration START = Duration.ofMinutes(5);
  private static final double MEGABYTE = 1e6;
  private static final int CLIENTS = 8;
  private static final long STEP_MILLIS = 5;

  private final int starts;
  private final int idleSeconds;
  private final int load;
  private final Path folder;
  private final Consumer<String> progress;
  private final Report report = new Report();

  /**
   * @param starts that count
   * @param idleSeconds before memory is looked at
   * @param load certificates that are asked for while memory is looked at
   */
  StartRun(int starts, int idleSeconds, int load, Path folder, Consumer<String> progress) {
    this.starts = starts;
    this.idleSeconds = idleSeconds;
    this.load = load;
    this.folder = folder;
    this.progress = progress;
  }

  /** What one start came to. */
  private record Figures(double seconds, double cpuSeconds, double idle, double underLoad) {}

  Report measure() {
    DataDirectory data = new DataDirectory(folder.resolve("instance"));
    try (Launched first = Launched.up(data)) {
      first.awaitAnnounced(START);
      progress.accept("instance: made");
      awaitCache();
    }
    List<String> requests = IntStream.range(0, load).mapToObj(i -> Issuing.csr()).toList();
    List<Figures> all = new ArrayList<>();
    for (int i = 0; i <= starts; i++) {
      Figures one = start(data, i == starts ? requests : List.of());
      progress.accept(
          "start %d: %.2f s, %.2f CPU-seconds, %.0f MB idle"
              .formatted(i, one.seconds, one.cpuSeconds, one.idle));
      if (i > 0) { // the first fills the kernel's caches and this program's own
        all.add(one);
      }
    }
    report(all);
    return report;
  }

  /** The script chancery says where it is or will be; what is measured is a start after that. */
  private void awaitCache() {
    Path cache = Path.of(System.getProperty("chancery.up.start-cache", ""));
    if (cache.toString().isEmpty() || idleSeconds <= 1) {
      return;
    }
    progress.accept("start cache: up makes it, within a minute or two");
    long end = System.nanoTime() + START.toNanos();
    while (!Files.exists(cache) && System.nanoTime() < end) {
      Patience.pause(Duration.ofSeconds(1).toMillis());
    }
    progress.accept("start cache: " + (Files.exists(cache) ? "there" : "was not made"));
  }

  private Figures start(DataDirectory data, List<String> requests) {
    String csr = Issuing.csr();
    long begin = System.nanoTime();
    try (Launched service = Launched.up(data);
        Clients clients = new Clients(data, service.addresses())) {
      firstCertificate(service, clients, csr, begin);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double cpu = ProcessUse.cpuSeconds(service.pid());
      Patience.pause(Duration.ofSeconds(idleSeconds).toMillis());
      double idle = ProcessUse.residentOctets(service.pid()) / MEGABYTE;
      return new Figures(seconds, cpu, idle, underLoad(service, clients, requests));
    }
  }

  private static void firstCertificate(Launched service, Clients clients, String csr, long begin) {
    while (true) {
      if (System.nanoTime() - begin > START.toNanos() || !service.isAlive()) {
        throw new Failure.Misconfigured(
                "chancery up", "gives no certificate", "look at " + service.log())
            .thrown();
      }
      if (Patience.listens(service.httpsPort())) {
        try {
          clients.enrol(csr);
          return;
        } catch (PkiException notYet) {
          // its door is open and its own certificate or the first deed is not ready
        }
      }
      Patience.pause(STEP_MILLIS);
    }
  }

  /** The most that was seen. */
  private static double underLoad(Launched service, Clients clients, List<String> requests) {
    AtomicLong most = new AtomicLong();
    Issuing.all(
        clients,
        requests,
        CLIENTS,
        () -> most.accumulateAndGet(ProcessUse.residentOctets(service.pid()), Math::max));
    return most.get() / MEGABYTE;
  }

  private void report(List<Figures> all) {
    String how = "median of " + all.size() + " starts by ./chancery up, after one more";
    report.add(
        new Line(
            "start-seconds",
            "start to first certificate, finished build, second start",
            new Goal.AtMost(2.0, " s"),
            Report.median(all.stream().map(Figures::seconds).toList()),
            how));
    report.add(
        new Line(
            "memory-idle",
            "resident memory of the JVM, idle",
            new Goal.AtMost(180, " MB"),
            Report.median(all.stream().map(Figures::idle).toList()),
            idleSeconds + " s after the first certificate, median"));
    report.add(
        new Line(
            "memory-load",
            "the same under load",
            new Goal.AtMost(400, " MB"),
            all.getLast().underLoad,
            "most seen during %d certificates, %d clients".formatted(load, CLIENTS)));
    report.fact(
        "CPU-seconds of the JVM until the first certificate, median",
        Report.median(all.stream().map(Figures::cpuSeconds).toList()));
    report.fact("slowest start, s", all.stream().mapToDouble(Figures::seconds).max().orElse(0));
    report.fact("quickest start, s", all.stream().mapToDouble(Figures::seconds).min().orElse(0));
  }
}
