package io.chancery.cli.bench.grow;

import io.chancery.Failure;
import io.chancery.cli.bench.Clients;
import io.chancery.cli.bench.Issuing;
import io.chancery.cli.bench.Line;
import io.chancery.cli.bench.Line.Goal;
import io.chancery.cli.bench.Report;
import io.chancery.cli.bench.Station;
import io.chancery.cli.local.DataDirectory;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.Progress;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One run: an empty book and a full one, issuing in turn; then searches in the full one. */
final class GrowRun {
  private static final String TEMPLATE = "template.pem";

  /** Alike in both: answers would be made in the background, for all that is in the book. */
  private static final Map<String, String> SETTINGS = Map.of("chancery.ocsp.ahead", "none");

  private final Plan plan;
  private final Path folder;
  private final Path full;
  private final Progress progress;
  private final Report report = new Report();

  GrowRun(Plan plan, Path folder, Progress progress) {
    this.plan = plan;
    this.folder = folder;
    this.full = folder.resolve("full");
    this.progress = progress;
  }

  /**
   * How much is measured.
   *
   * @param gigabytes that the empty one writes ahead before
   * @param warmUp certificates of each instance before anything counts
   * @param round certificates of one instance in a round
   * @param pairs of rounds
   * @param rest how long is waited at most until what comes after issuing is done
   * @param questions of each kind of search
   */
  record Plan(
      long certificates,
      int gigabytes,
      int warmUp,
      int round,
      int pairs,
      Duration rest,
      int questions) {
    private static final long LARGEST = 100_000_000;

    Plan {
      if (certificates < GrowSeeding.RENEWALS || certificates > LARGEST) {
        throw new IllegalArgumentException("certificates: 10 to " + LARGEST);
      }
    }

    static Plan full(long certificates) {
      return new Plan(certificates, 3, 30_000, 3_000, 9, Duration.ofSeconds(20), 300);
    }

    static Plan brief() {
      return new Plan(20_000, 0, 50, 50, 3, Duration.ZERO, 20);
    }
  }

  Report measure() {
    seed();
    try (Station none = started(folder.resolve("empty"));
        Station many = started(full);
        Clients clients = new Clients(many.child());
        Connection noneBook = none.database().connect();
        Connection manyBook = many.database().connect()) {
      report.fact("start with everything in the book, seconds", many.child().startSeconds());
      size(manyBook);
      issue(new GrowIssuing(none, noneBook), new GrowIssuing(many, manyBook));
      new GrowSearches(
              clients,
              plan.certificates(),
              plan.questions(),
              InstantSource.system(),
              report,
              progress)
          .measure();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return report;
  }

  private void issue(GrowIssuing empty, GrowIssuing grown) {
    empty.age(plan.gigabytes());
    empty.warmUp(plan.warmUp());
    grown.warmUp(plan.warmUp());
    List<Double> ratios = new ArrayList<>();
    List<GrowIssuing.Round> ofEmpty = new ArrayList<>();
    List<GrowIssuing.Round> ofGrown = new ArrayList<>();
    for (int pair = 0; pair < plan.pairs(); pair++) {
      // Who goes first changes: neither always has the machine that the other has left.
      if (pair % 2 == 0) {
        ofEmpty.add(empty.round(plan.round(), plan.rest()));
        ofGrown.add(grown.round(plan.round(), plan.rest()));
      } else {
        ofGrown.add(grown.round(plan.round(), plan.rest()));
        ofEmpty.add(empty.round(plan.round(), plan.rest()));
      }
      ratios.add(ofGrown.getLast().perSecond() / ofEmpty.getLast().perSecond());
      progress.accept(
          "issuing: empty %.0f/s, full %.0f/s, ratio %.3f"
              .formatted(
                  ofEmpty.getLast().perSecond(), ofGrown.getLast().perSecond(), ratios.getLast()));
    }
    report.add(
        new Line(
            "issuing-full-to-empty",
            "certificates/s with %,d in the book divided by those with none"
                .formatted(plan.certificates()),
            new Goal.AtLeast(0.95, ""),
            Report.median(ratios),
            "%d pairs of rounds of %,d, ratios %.3f to %.3f"
                .formatted(
                    plan.pairs(),
                    plan.round(),
                    ratios.stream().min(Double::compare).orElseThrow(),
                    ratios.stream().max(Double::compare).orElseThrow())));
    facts("empty", ofEmpty);
    facts("full", ofGrown);
  }

  private void facts(String which, List<GrowIssuing.Round> rounds) {
    fact(which + ": certificates/s", rounds, GrowIssuing.Round::perSecond);
    fact(
        which + ": application, CPU ms a certificate",
        rounds,
        one -> one.spent().applicationMillis());
    fact(which + ": database, CPU ms a certificate", rounds, one -> one.spent().databaseMillis());
    fact(
        which + ": load generator, CPU ms a certificate",
        rounds,
        one -> one.spent().answers().cpuMillisEach());
    fact(which + ": write-ahead log, kB a certificate", rounds, GrowIssuing.Round::log);
  }

  private void fact(
      String name, List<GrowIssuing.Round> rounds, ToDoubleFunction<GrowIssuing.Round> value) {
    report.fact(name, Report.median(rounds.stream().mapToDouble(value).boxed().toList()));
  }

  private void size(Connection book) throws SQLException {
    try (Statement statement = book.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pg_table_size('certificate'), pg_indexes_size('certificate'),"
                    + " pg_database_size(current_database())")) {
      row.next();
      report.fact("certificate, octets a row", (double) row.getLong(1) / plan.certificates());
      report.fact("its indexes, octets a row", (double) row.getLong(2) / plan.certificates());
      report.fact("the database, GB", row.getLong(3) / 1e9);
    }
  }

  private void seed() {
    IssuedCertificate template = template();
    DataDirectory data = new DataDirectory(full.resolve("instance"));
    try (LocalDatabase database = LocalDatabase.start(data, progress);
        Connection connection = database.connect()) {
      new GrowSeeding(connection, template, plan.certificates(), progress).fill();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** A certificate that was really issued; the seeded ones are made after it. */
  private IssuedCertificate template() {
    Path file = full.resolve(TEMPLATE);
    try {
      if (!Files.exists(file)) {
        try (Station station = started(full);
            Clients clients = new Clients(station.child())) {
          Files.writeString(file, Issuing.template(clients).pem());
        }
      }
      return IssuedCertificate.parse(Pem.decodeOne(Pem.CERTIFICATE, Files.readString(file)));
    } catch (IOException cannot) {
      throw unusable(full, cannot);
    }
  }

  private Station started(Path where) {
    progress.accept(where.getFileName() + ": starting");
    return Station.start(where.resolve("instance"), SETTINGS, progress);
  }

  private static RuntimeException unusable(Path where, IOException cannot) {
    return new Failure.Misconfigured(where.toString(), "cannot be used: " + cannot, "give another")
        .because(cannot);
  }
}
