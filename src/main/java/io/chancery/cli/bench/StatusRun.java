package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.Progress;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One run of the benchmark, from an empty folder to the report: the order of things. */
final class StatusRun {
  private static final Duration REST = Duration.ofMinutes(5);
  private static final String TEMPLATE = "template.pem";

  private final Plan plan;
  private final Path folder;
  private final Path instance;
  private final Progress progress;
  private final Report report = new Report();

  StatusRun(Plan plan, Path folder, Progress progress) {
    this.plan = plan;
    this.folder = folder;
    this.instance = folder.resolve("instance");
    this.progress = progress;
  }

  Report measure() {
    double fewP99 = withFew();
    withMany();
    complete();
    everythingElse(fewP99);
    return report;
  }

  /** Complete CRLs alone. */
  Report crls() {
    try (Child child = started(Map.of());
        Clients clients = new Clients(child)) {
      template(clients);
    }
    withMany();
    complete();
    return report;
  }

  private double withFew() {
    long few = Math.min(plan.fewer(), plan.certificates());
    try (Child child = started(Map.of());
        Clients clients = new Clients(child);
        LocalDatabase database = LocalDatabase.running(child.data())) {
      IssuedCertificate template = template(clients);
      seed(database, template, few, 0);
      OcspMeasurements ocsp = new OcspMeasurements(plan, child, clients, report, progress);
      ocsp.warmUp(few);
      rested(child);
      return ocsp.p99(few);
    }
  }

  /** Without the service: no authority has seen a million changes of status in one transaction. */
  private void withMany() {
    try (LocalDatabase database = LocalDatabase.start(new DataDirectory(instance), progress)) {
      IssuedCertificate template =
          IssuedCertificate.parse(
              Pem.decodeOne(Pem.CERTIFICATE, Files.readString(folder.resolve(TEMPLATE))));
      seed(database, template, plan.certificates(), plan.revoked());
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
  }

  private void complete() {
    String refresh = plan.crlRefresh().toSeconds() + "s";
    Map<String, String> settings = Map.of("chancery.crl.refresh", refresh);
    try (Child child = started(settings);
        Clients clients = new Clients(child)) {
      report.fact("start with everything in the book, seconds", child.startSeconds());
      report.fact("at rest after that, seconds", rested(child));
      new CrlMeasurements(plan, child, clients, report, progress).whole();
    }
  }

  private void everythingElse(double fewP99) {
    try (Child child = started(Map.of());
        Clients clients = new Clients(child);
        TokenRate token = new TokenRate(child.data().hsmYaml())) {
      OcspMeasurements ocsp = new OcspMeasurements(plan, child, clients, report, progress);
      ocsp.warmUp(plan.certificates());
      rested(child);
      double manyP99 = ocsp.p99(plan.certificates());
      Optional<StaticFile> nginx = StaticFile.serve(folder.resolve("nginx"));
      try {
        ocsp.rates(nginx, token);
      } finally {
        nginx.ifPresent(StaticFile::close);
      }
      ocsp.warmIssuing();
      rested(child);
      ocsp.whileIssuing();
      report.add(
          new Line(
              "ocsp-p99-million-to-thousand",
              "OCSP p99 with %,d live certificates compared with %,d"
                  .formatted(plan.certificates(), plan.fewer()),
              new Goal.AtMost(1.2, "x"),
              manyP99 / fewP99,
              "%.2f ms and %.2f ms at %,d/s".formatted(manyP99, fewP99, plan.pace())));
      rested(child);
      CrlMeasurements crls = new CrlMeasurements(plan, child, clients, report, progress);
      crls.revocations();
      crls.delta();
    }
  }

  /** A certificate that was really issued; the seeded ones are made after it. */
  private IssuedCertificate template(Clients clients) {
    Path file = folder.resolve(TEMPLATE);
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, Issuing.template(clients).pem());
      }
      return IssuedCertificate.parse(Pem.decodeOne(Pem.CERTIFICATE, Files.readString(file)));
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
  }

  private void seed(LocalDatabase database, IssuedCertificate template, long good, long revoked) {
    try (Connection connection = database.connect()) {
      Seeding seeding = new Seeding(connection, template, progress);
      seeding.fill(good, revoked);
      seeding.seconds().forEach((step, took) -> report.fact("seeding " + step + ", seconds", took));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** What a start reads and what was issued leaves to be done would be part of the next figure. */
  private double rested(Child child) {
    long start = System.nanoTime();
    boolean rests = child.rest(REST);
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.accept(
        "instance: %s after %.0f s".formatted(rests ? "at rest" : "still at work", seconds));
    return seconds;
  }

  /** Filters would be made in the background, of all of it. */
  private Child started(Map<String, String> settings) {
    try {
      Files.createDirectories(folder);
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
    Map<String, String> all = new LinkedHashMap<>(Station.NO_LIMITS);
    all.putAll(settings);
    all.put("chancery.filter.every", "off");
    Child child = Child.start(instance, all);
    progress.accept("instance: up after %.1f s".formatted(child.startSeconds()));
    return child;
  }

  private static RuntimeException unusable(Path where, IOException cannot) {
    return new Failure.Misconfigured(where.toString(), "cannot be used: " + cannot, "give another")
        .because(cannot);
  }
}
