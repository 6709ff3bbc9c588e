package io.chancery.cli.bench;

import io.chancery.cli.local.Progress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a large book costs: issuing beside an empty one, and searching in it. */
@Command(
    name = "grow",
    header = "Measure issuing and searching with ten million certificates.",
    description = {
      "",
      "Starts two instances of its own on this machine, writes the certificates into the database of "
          + "one of them, lets both issue in turn, searches, prints a table, and stops all of it. "
          + "Everything listens on loopback only. With ten million it takes about half an hour and "
          + "25 GB of disk, 40 GB while it writes them; the machine should do nothing else.",
      ""
    },
    footer = {"", "What is measured, and what the figures are worth: docs/performance.md."})
public final class GrowBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--certificates",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "Certificates in the larger book (default: ${DEFAULT-VALUE}).")
  private long certificates;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as well.")
  private Optional<Path> json;

  @Option(
      names = "--short",
      description = "Few certificates and short rounds: whether it runs, not how fast.")
  private boolean brief;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep the instances there, and use what was seeded before.")
  private Optional<Path> kept;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getOut(), InstantSource.system());
    GrowRun.Plan plan = brief ? GrowRun.Plan.brief() : GrowRun.Plan.full(certificates);
    Path folder = kept.orElseGet(StatusBench::temporary).toAbsolutePath().normalize();
    try {
      Report report = new GrowRun(plan, folder, progress).measure();
      spec.commandLine().getOut().print(report.words());
      spec.commandLine().getOut().flush();
      json.ifPresent(file -> StatusBench.write(file, report.json()));
    } finally {
      if (kept.isEmpty()) {
        StatusBench.delete(folder);
      }
    }
    return 0;
  }
}
