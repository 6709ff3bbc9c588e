package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.Progress;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The status service, measured on an instance of its own. */
@Command(
    name = "status",
    header = "Measure OCSP and CRLs with a million certificates.",
    description = {
      "",
      "Starts an instance of its own on this machine (and nginx, where it is installed, to compare "
          + "with), writes the certificates into its database, measures, prints a table, and stops "
          + "all of it. Everything listens on loopback only. Takes about a quarter of an hour and "
          + "5 GB of disk with a million; the machine should do nothing else.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class StatusBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--certificates",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Good certificates in the book (default: ${DEFAULT-VALUE}).")
  private long certificates;

  @Option(
      names = "--revoked",
      paramLabel = "N",
      description = "Revoked ones beside them (default: as many).")
  private Optional<Long> revoked;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Length of a round (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as well.")
  private Optional<Path> json;

  @Option(
      names = "--short",
      description = "Few certificates and short rounds: whether it runs, not how fast.")
  private boolean brief;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep the instance there, and use what was seeded before.")
  private Optional<Path> kept;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    Plan plan =
        brief
            ? Plan.brief()
            : Plan.full(
                certificates,
                revoked.orElse(certificates),
                Duration.ofSeconds(Math.max(1, seconds)));
    Path folder = kept.orElseGet(StatusBench::temporary).toAbsolutePath().normalize();
    try {
      Report report = measure(plan, folder, progress);
      spec.commandLine().getOut().print(report.words());
      spec.commandLine().getOut().flush();
      json.ifPresent(file -> write(file, report.json()));
    } finally {
      if (kept.isEmpty()) {
        delete(folder);
      }
    }
    return 0;
  }

  private static Report measure(Plan plan, Path folder, Progress progress) {
    Report report = new Report();
    Path instance = folder.resolve("instance");
    IssuedCertificate template = template(instance, folder, progress);
    seed(instance, template, Math.min(plan.fewer(), plan.certificates()), 0, report, progress);
    double fewP99;
    try (Child child = started(instance, Map.of(), progress);
        Clients clients = new Clients(child)) {
      OcspMeasurements ocsp = new OcspMeasurements(plan, child, clients, report, progress);
      ocsp.warmUp(plan.fewer());
      fewP99 = ocsp.p99(plan.fewer());
    }
    seed(instance, template, plan.certificates(), plan.revoked(), report, progress);
    crls(plan, instance, report, progress);
    ocsp(plan, folder, instance, fewP99, report, progress);
    return report;
  }

  private static void crls(Plan plan, Path instance, Report report, Progress progress) {
    String refresh = plan.crlRefresh().toSeconds() + "s";
    try (Child child = started(instance, Map.of("chancery.crl.refresh", refresh), progress);
        Clients clients = new Clients(child)) {
      report.fact("start with everything in the book, seconds", child.startSeconds());
      new CrlMeasurements(plan, child, clients, report, progress).whole();
    }
    try (Child child = started(instance, Map.of(), progress);
        Clients clients = new Clients(child)) {
      CrlMeasurements crls = new CrlMeasurements(plan, child, clients, report, progress);
      crls.revocations();
      crls.delta();
    }
  }

  private static void ocsp(
      Plan plan, Path folder, Path instance, double fewP99, Report report, Progress progress) {
    try (Child child = started(instance, Map.of(), progress);
        Clients clients = new Clients(child);
        TokenRate token = new TokenRate(child.data().hsmYaml())) {
      OcspMeasurements ocsp = new OcspMeasurements(plan, child, clients, report, progress);
      ocsp.warmUp(plan.certificates());
      double manyP99 = ocsp.p99(plan.certificates());
      Optional<StaticFile> nginx = StaticFile.serve(folder.resolve("nginx"));
      try {
        ocsp.rates(nginx, token);
      } finally {
        nginx.ifPresent(StaticFile::close);
      }
      ocsp.whileIssuing();
      report.add(
          new Line(
              "ocsp-p99-million-to-thousand",
              "OCSP p99 with %,d live certificates compared with %,d"
                  .formatted(plan.certificates(), plan.fewer()),
              new Goal.AtMost(1.2, "x"),
              manyP99 / fewP99,
              "%.2f ms and %.2f ms at %,d/s".formatted(manyP99, fewP99, plan.pace())));
    }
  }

  /** A certificate that was really issued; the seeded ones are made after it. */
  private static IssuedCertificate template(Path instance, Path folder, Progress progress) {
    Path file = folder.resolve("template.pem");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        try (Child child = started(instance, Map.of(), progress);
            Clients clients = new Clients(child)) {
          Files.writeString(file, withLongSerial(clients));
        }
      }
      return IssuedCertificate.parse(Pem.decodeOne(Pem.CERTIFICATE, Files.readString(file)));
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
  }

  private static String withLongSerial(Clients clients) {
    while (true) {
      String pem = clients.enrol(Issuing.csr());
      IssuedCertificate made = IssuedCertificate.parse(Pem.decodeOne(Pem.CERTIFICATE, pem));
      if (made.serial().hex().length() == 40) {
        return pem;
      }
    }
  }

  private static void seed(
      Path instance,
      IssuedCertificate template,
      long good,
      long revoked,
      Report report,
      Progress progress) {
    try (LocalDatabase database = LocalDatabase.start(new DataDirectory(instance), progress);
        Connection connection = database.connect()) {
      Seeding seeding = new Seeding(connection, template, progress);
      seeding.fill(good, revoked);
      seeding.seconds().forEach((step, took) -> report.fact("seeding " + step + ", seconds", took));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Filters would be made in the background, of all of it. */
  private static Child started(Path instance, Map<String, String> settings, Progress progress) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("chancery.filter.every", "off");
    Child child = Child.start(instance, all);
    progress.accept("instance: up after %.1f s".formatted(child.startSeconds()));
    return child;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("chancery-bench");
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException cannot) {
      throw unusable(file, cannot);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
  }

  private static RuntimeException unusable(Path where, IOException cannot) {
    return new Failure.Misconfigured(where.toString(), "cannot be used: " + cannot, "give another")
        .because(cannot);
  }
}
