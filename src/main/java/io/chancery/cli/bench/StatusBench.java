package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.cli.local.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
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
      Report report = new StatusRun(plan, folder, progress).measure();
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

  static Path temporary() {
    try {
      return Files.createTempDirectory("chancery-bench");
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException cannot) {
      throw unusable(file, cannot);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
  }

  static RuntimeException unusable(Path where, IOException cannot) {
    return new Failure.Misconfigured(where.toString(), "cannot be used: " + cannot, "give another")
        .because(cannot);
  }
}
